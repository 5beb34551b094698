import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { Field, PostForm } from "../kit/form.tsx";
import type { MaskedAccount } from "../kit/masked-account.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";
import { caseWords } from "./case-words.ts";

export type AccountForm = Readonly<{
  values: Readonly<Partial<Record<AccountField, string>>>;
  errors: Readonly<Partial<Record<AccountField, Bilingual>>>;
}>;

export type AccountField = "holderName" | "accountNo" | "bankName" | "bankCode";

export const accountFields = ["holderName", "accountNo", "bankName", "bankCode"] as const;

type Props = Readonly<{ caseId: string; form: AccountForm; account: MaskedAccount | undefined }>;

/** 改账户. What was typed stays, whatever was wrong with it. */
export function AccountFormCard({ caseId, form: { values, errors }, account }: Props) {
  const words = useWords(caseWords);
  const { lang } = useReader();
  const labels = {
    holderName: { label: words.holderName, hint: words.holderHint, autoComplete: "organization" },
    accountNo: {
      label: words.accountNo,
      hint: account ? words.accountKeep(account.accountNoMasked) : words.accountHint,
      inputMode: "numeric",
      autoComplete: "off",
    },
    bankName: { label: words.bankName, autoComplete: "off" },
    bankCode: { label: words.bankCode, hint: words.bankCodeHint, inputMode: "numeric", autoComplete: "off" },
  } as const;
  return (
    <section className="card screen" aria-labelledby="change-account">
      <h2 id="change-account">{words.changeAccount}</h2>
      <p>{words.changeAccountLead}</p>
      {account && (
        <p className="hint">
          {words.current}
          <Said>{`${account.bankName} ${account.accountNoMasked} ${account.holderName}`}</Said>
        </p>
      )}
      <PostForm action={`/cases/${encodeURIComponent(caseId)}/account`} className="stack">
        {accountFields.map((name) => {
          const error = errors[name];
          return (
            <Field
              key={name}
              id={name}
              name={name}
              value={values[name]}
              error={error === undefined ? undefined : inLanguage(error, lang)}
              required={name !== "accountNo" || account === undefined}
              {...labels[name]}
            />
          );
        })}
        <button className="main" type="submit">
          {words.save}
        </button>
      </PostForm>
    </section>
  );
}
