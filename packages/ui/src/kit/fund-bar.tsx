import { permille } from "./amount.ts";
import type { Fund } from "./fund.ts";
import { catalogue, useWords } from "./reader.ts";
import { Yuan } from "./text.tsx";

const words = catalogue(
  {
    paid: "已拨付",
    inTransit: "在途",
    reserved: "已预留",
    available: "可用",
    appropriated: "预算总额",
    picture: (paid: number, open: number) => `已拨付 ${paid}%，可用 ${open}%`,
  },
  {
    paid: "Paid",
    inTransit: "In transit",
    reserved: "Reserved",
    available: "Available",
    appropriated: "Appropriated",
    picture: (paid, open) => `${paid}% paid, ${open}% available`,
  },
);

const parts = ["paid", "inTransit", "reserved", "available"] as const;

/** Where the money of one fund is: a bar, and beneath it the same in figures. */
export function FundBar({ fund }: Readonly<{ fund: Fund }>) {
  const text = useWords(words);
  const share = (part: (typeof parts)[number]) => permille(fund[`${part}Fen`], fund.appropriatedFen);
  let from = 0;
  return (
    <div className="fund">
      <svg
        viewBox="0 0 1000 14"
        preserveAspectRatio="none"
        role="img"
        aria-label={text.picture(Math.round(share("paid") / 10), Math.round(share("available") / 10))}
      >
        <rect className="available" width="1000" height="14" />
        {parts.slice(0, 3).map((part) => {
          const width = share(part);
          const rect = <rect key={part} className={part} x={from} width={width} height="14" />;
          from += width;
          return rect;
        })}
      </svg>
      <dl className="legend">
        {parts.map((part) => (
          <div key={part} className={part}>
            <dt>{text[part]}</dt>
            <dd>
              <Yuan fen={fund[`${part}Fen`]} />
            </dd>
          </div>
        ))}
        <div className="appropriated">
          <dt>{text.appropriated}</dt>
          <dd>
            <Yuan fen={fund.appropriatedFen} />
          </dd>
        </div>
      </dl>
    </div>
  );
}
