import { DetailsList } from "../kit/details-list.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";
import type { CodeProblem } from "./code-page.tsx";
import { codeWords } from "./code-words.ts";
import { ownContactsWords } from "./own-contacts-words.ts";

export type ContactKind = "email" | "phone";
export type OwnContact = Readonly<{ kind: ContactKind; value: string; isVerified: boolean }>;
/** What was typed and could not be taken. */
export type ContactProblem = Readonly<{ kind: ContactKind; typed: string }>;

const kinds = ["email", "phone"] as const;
const PATH = "/messages/settings/contact";

/** What became of a code for a contact of this kind. */
export type ContactCodeProblem = Readonly<{ kind: ContactKind; problem: CodeProblem }>;

type OwnContactsProps = Readonly<{
  contacts: readonly OwnContact[];
  provable: readonly ContactKind[];
  problem?: ContactProblem | undefined;
  codeProblem?: ContactCodeProblem | undefined;
}>;

/**
 * Forms: POST /messages/settings/contact `kind value _csrf`, POST …/contact/code `kind _csrf`,
 * POST …/contact/verify `kind code _csrf`, POST …/contact/remove `kind _csrf`.
 */
export function OwnContacts({ contacts, provable, problem, codeProblem }: OwnContactsProps) {
  const words = useWords(ownContactsWords);
  return (
    <section className="card stack" aria-labelledby="own-contacts">
      <h2 id="own-contacts">{words.title}</h2>
      <p>{words.lead}</p>
      {contacts.length > 0 && (
        <DetailsList of={contacts.map((each) => [words.kinds[each.kind], <Named key={each.kind} of={each} />])} />
      )}
      {contacts
        .filter(({ isVerified }) => !isVerified)
        .map(({ kind }) =>
          provable.includes(kind) ? (
            <Proof key={kind} kind={kind} problem={codeProblem?.kind === kind ? codeProblem.problem : undefined} />
          ) : (
            <p key={kind} className="hint">
              {words.unprovable[kind]}
            </p>
          ),
        )}
      {kinds.map((kind) => {
        const wrong = problem?.kind === kind ? problem : undefined;
        return (
          <PostForm key={kind} action={PATH} className="stack">
            <input type="hidden" name="kind" value={kind} />
            <Field
              id={`own-${kind}`}
              name="value"
              label={words.typed[kind]}
              value={wrong?.typed}
              error={wrong && words.problem[kind]}
              required
            />
            <button className="other" type="submit">
              {words.save[kind]}
            </button>
          </PostForm>
        );
      })}
      {contacts.map(({ kind }) => (
        <PostForm key={kind} action={`${PATH}/remove`}>
          <input type="hidden" name="kind" value={kind} />
          <button className="other" type="submit">
            {words.remove[kind]}
          </button>
        </PostForm>
      ))}
    </section>
  );
}

function Proof({ kind, problem }: Readonly<{ kind: ContactKind; problem: CodeProblem | undefined }>) {
  const words = useWords(ownContactsWords);
  const { code: label, codeHint } = useWords(codeWords);
  return (
    <>
      {problem?.code !== "code-expired" && problem?.code !== "too-many-tries" && (
        <PostForm action={`${PATH}/verify`} className="stack">
          <input type="hidden" name="kind" value={kind} />
          <Field
            id={`code-${kind}`}
            name="code"
            label={words.code[kind] + label}
            hint={codeHint}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
          />
          <button className="main" type="submit">
            {words.verify[kind]}
          </button>
        </PostForm>
      )}
      <PostForm action={`${PATH}/code`}>
        <input type="hidden" name="kind" value={kind} />
        <button className="other" type="submit">
          {words.again[kind]}
        </button>
      </PostForm>
    </>
  );
}

function Named({ of: { value, isVerified } }: Readonly<{ of: OwnContact }>) {
  const words = useWords(ownContactsWords);
  return (
    <>
      <Said>{value}</Said>{" "}
      <span className={isVerified ? "tag" : "tag warn"}>{isVerified ? words.isVerified : words.unverified}</span>
    </>
  );
}
