import type { DeliverySource, RowsExpectation } from "../facts/delivery-source.ts";
import type { Finding } from "./finding.ts";
import { FEWEST, percent } from "./finding.ts";
import type { Observation } from "./observation.ts";

/** A register loses no third of its firms at once; lists of a few firms come and go. */
export function expectedRows({ kind, expectedRows: declared }: DeliverySource): RowsExpectation {
  if (declared) return declared;
  return kind === "facts" || kind === "accounts" ? { atLeast: 0.7, atMost: 1.5 } : { atLeast: 0.4, atMost: 2.5 };
}

/** More refused rows than this share, and twice as many as before, is no accident of single rows. */
const MANY_REFUSED = 0.1;

export function checkSize(now: Observation, before: Observation | undefined, expected: RowsExpectation): Finding[] {
  return [...(before ? rowsBeside(now, before, expected) : []), ...refusedRows(now, before)];
}

function rowsBeside(now: Observation, before: Observation, { atLeast, atMost }: RowsExpectation): Finding[] {
  const [rows, earlier] = [now.rowsGood, before.rowsGood];
  if (Math.abs(rows - earlier) < FEWEST || earlier === 0) return [];
  const ratio = rows / earlier;
  if (ratio >= atLeast && ratio <= atMost) return [];
  const zh = `有效行由${earlier}变为${rows}（${percent(ratio)}），预期在${percent(atLeast)}至${percent(atMost)}之间。`;
  const en = `${rows} good rows after ${earlier} (${percent(ratio)}); ${percent(atLeast)} to ${percent(atMost)} expected.`;
  return ratio < atLeast
    ? [{ code: "fewer-firms", message: { zh: `${zh}文件可能不完整。`, en: `${en} The file may be cut off.` } }]
    : [
        {
          code: "more-firms",
          message: { zh: `${zh}文件范围可能不对。`, en: `${en} It may hold more than it should.` },
        },
      ];
}

function refusedRows(now: Observation, before: Observation | undefined): Finding[] {
  const share = refusedShare(now);
  const usual = before ? refusedShare(before) : 0;
  if (now.rowsBad < FEWEST / 2 || share <= MANY_REFUSED || share <= usual * 2) return [];
  const zh = `${percent(share)}的行读不出来（上次${percent(usual)}），可能用了别的格式、编码或别处的企业名单。`;
  const en = `${percent(share)} of the rows cannot be read (${percent(usual)} before): another format, encoding or place?`;
  return [{ code: "many-refused", message: { zh, en } }];
}

function refusedShare({ rowsGood, rowsBad }: Observation): number {
  return rowsGood + rowsBad === 0 ? 0 : rowsBad / (rowsGood + rowsBad);
}
