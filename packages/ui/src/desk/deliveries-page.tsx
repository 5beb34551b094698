import type { PageContext } from "../kit/page-context.ts";

export type DeliveriesProps = Readonly<{
  context: PageContext;
  deliveries: readonly DeliveryBrief[];
  /** Source ids that a file can be uploaded for. */
  sources: readonly string[];
  mayUpload: boolean;
  /** One delivery opened (`?id=`), or just uploaded, with the rows that were refused. */
  opened?: (DeliveryBrief & Readonly<{ issues: readonly DeliveryIssue[] }>) | undefined;
  upload?:
    | Readonly<{
        source?: string | undefined;
        asOf?: string | undefined;
        problem?: Readonly<{ code: string; message: string }> | undefined;
      }>
    | undefined;
  nextHref?: string | undefined;
}>;

export type DeliveryBrief = Readonly<{
  id: string;
  sourceId: string;
  fileName: string;
  sha256: string;
  asOf: string;
  obtainedAt: string;
  rowsGood: number;
  rowsBad: number;
  importedBy: string;
}>;

export type DeliveryIssue = Readonly<{ line: number; column?: string | undefined; reason: string }>;

/** GET /desk/deliveries. Form: POST /desk/deliveries multipart `source asOf file _csrf`. */
export function deliveriesPage(_props: DeliveriesProps): string {
  return "";
}
