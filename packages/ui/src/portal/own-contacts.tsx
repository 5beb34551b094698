import { DetailsList } from "../kit/details-list.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";
import { ownContactsWords } from "./own-contacts-words.ts";

export type ContactKind = "email" | "phone";
export type OwnContact = Readonly<{ kind: ContactKind; value: string; isVerified: boolean }>;
/** What was typed and could not be taken. */
export type ContactProblem = Readonly<{ kind: ContactKind; typed: string }>;

const kinds = ["email", "phone"] as const;
const PATH = "/messages/settings/contact";

type OwnContactsProps = Readonly<{ contacts: readonly OwnContact[]; problem?: ContactProblem | undefined }>;

/** Forms: POST /messages/settings/contact `kind value _csrf`, POST …/contact/remove `kind _csrf`. */
export function OwnContacts({ contacts, problem }: OwnContactsProps) {
  const words = useWords(ownContactsWords);
  return (
    <section className="card stack" aria-labelledby="own-contacts">
      <h2 id="own-contacts">{words.title}</h2>
      <p>{words.lead}</p>
      {contacts.length > 0 && (
        <DetailsList of={contacts.map((each) => [words.kinds[each.kind], <Named key={each.kind} of={each} />])} />
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

function Named({ of: { value, isVerified } }: Readonly<{ of: OwnContact }>) {
  const words = useWords(ownContactsWords);
  return (
    <>
      <Said>{value}</Said>{" "}
      <span className={isVerified ? "tag" : "tag warn"}>{isVerified ? words.verified : words.unverified}</span>
    </>
  );
}
