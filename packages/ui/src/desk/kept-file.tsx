import type { ReactNode } from "react";
import type { Column } from "../kit/data-table.tsx";
import type { Detail } from "../kit/details-list.tsx";
import { catalogue, useWords } from "../kit/reader.ts";
import { Source } from "../kit/source.tsx";
import { Day, Instant, Said } from "../kit/text.tsx";

/** A department's file that waits until people have said what is to become of it. */
export type KeptFileBrief = Readonly<{
  id: string;
  sourceId: string;
  fileName: string;
  asOf: string;
  arrivedAt: string;
}>;

const words = catalogue(
  { file: "文件", from: "来源", asOf: "数据截至", arrived: "收到时间", status: "状态" },
  { file: "File", from: "From", asOf: "As of", arrived: "Arrived", status: "Status" },
);

/** Columns of a table of such files. `path`: of the page that opens one, before its id. */
export function useFileColumns<File extends KeptFileBrief>(
  path: string,
  statusOf: (file: File) => ReactNode,
  ...between: readonly Column<File>[]
): readonly Column<File>[] {
  const text = useWords(words);
  return [
    {
      head: text.file,
      cell: ({ id, fileName }) => (
        <a href={`${path}/${encodeURIComponent(id)}`}>
          <Said>{fileName}</Said>
        </a>
      ),
    },
    { head: text.from, cell: ({ sourceId }) => <Source of={sourceId} /> },
    { head: text.asOf, cell: ({ asOf }) => <Day of={asOf} full /> },
    { head: text.arrived, cell: ({ arrivedAt }) => <Instant of={arrivedAt} /> },
    ...between,
    { head: text.status, cell: statusOf },
  ];
}

/** The same of one file that is opened. */
export function useFileDetails({ sourceId, asOf, arrivedAt }: KeptFileBrief, status: ReactNode): readonly Detail[] {
  const text = useWords(words);
  return [
    [text.status, status],
    [text.from, <Source key="from" of={sourceId} />],
    [text.asOf, <Day key="asOf" of={asOf} full />],
    [text.arrived, <Instant key="arrived" of={arrivedAt} />],
  ];
}
