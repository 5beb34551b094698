import { catalogue, useWords } from "./reader.ts";

const words = catalogue(
  { pages: "翻页", previous: "上一页", next: "下一页" },
  { pages: "Pages", previous: "Previous page", next: "Next page" },
);

type PagingProps = Readonly<{ previousHref?: string | undefined; nextHref?: string | undefined }>;

export function Paging({ previousHref, nextHref }: PagingProps) {
  const { pages, previous, next } = useWords(words);
  if (previousHref === undefined && nextHref === undefined) return null;
  return (
    <nav className="paging" aria-label={pages}>
      {previousHref !== undefined && (
        <a href={previousHref} rel="prev">
          {previous}
        </a>
      )}
      {nextHref !== undefined && (
        <a href={nextHref} rel="next">
          {next}
        </a>
      )}
    </nav>
  );
}
