import { DetailsList } from "../kit/details-list.tsx";
import type { MaskedAccount } from "../kit/masked-account.ts";
import { catalogue, useWords } from "../kit/reader.ts";
import { Source } from "../kit/source.tsx";
import { Said } from "../kit/text.tsx";

const accountWords = catalogue(
  {
    heading: "收款账户",
    holder: "户名",
    number: "账号",
    bank: "开户行",
    source: "来源",
    none: "还没有收款账户。请联系开户银行或拨 12345 补充，补充后再确认。",
  },
  {
    heading: "Account to be paid to",
    holder: "Holder",
    number: "Number",
    bank: "Bank",
    source: "Known from",
    none: "There is no account to pay to yet. Call 12345 to add one, then confirm.",
  },
);

/** Where the money will go, masked, and who says so. */
export function AccountCard({ account }: Readonly<{ account: MaskedAccount | undefined }>) {
  const words = useWords(accountWords);
  return (
    <section className="card" aria-labelledby="account">
      <h2 id="account">{words.heading}</h2>
      {account === undefined ? (
        <p className="warn">{words.none}</p>
      ) : (
        <DetailsList
          of={[
            [words.holder, <Said key="holder">{account.holderName}</Said>],
            [words.number, account.accountNoMasked],
            [words.bank, <Said key="bank">{account.bankName}</Said>],
            [words.source, <Source key="source" of={account.source} />],
          ]}
        />
      )}
    </section>
  );
}
