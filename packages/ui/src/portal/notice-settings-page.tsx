import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Done, ProblemSummary } from "../kit/notice.tsx";
import type { Lang, PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Code, Said } from "../kit/text.tsx";
import { BackLink } from "./back-link.tsx";
import { CodeProblemSummary } from "./code-page.tsx";
import { noticeSettingsWords } from "./notice-settings-words.ts";
import {
  type ContactCodeProblem,
  type ContactKind,
  type ContactProblem,
  type OwnContact,
  OwnContacts,
} from "./own-contacts.tsx";
import { ownContactsWords } from "./own-contacts-words.ts";

export type NoticeSettingsProps = Readonly<{
  context: PageContext;
  contact: Readonly<{ email?: string | undefined; phone?: string | undefined }>;
  language: Lang;
  muted: readonly MutableTopic[];
  webhookUrl?: string | undefined;
  /** Shown once, right after it was made. */
  secret?: string | undefined;
  done?: "saved" | "sent" | "verified" | undefined;
  /** What the firm named itself; absent: the reader may not see it. */
  own?: readonly OwnContact[] | undefined;
  /** To which a code can be sent, so that the firm can prove to read it. */
  provable?: readonly ContactKind[];
  contactProblem?: ContactProblem | undefined;
  codeProblem?: ContactCodeProblem | undefined;
  endpoint?: Readonly<{ typed: string; problem: EndpointProblem }> | undefined;
}>;

export type MutableTopic = "reminders" | "progress" | "nearly";
export type EndpointProblem = "unreadable" | "not-https" | "has-password" | "not-public";

/**
 * GET /messages/settings. Forms: POST /messages/settings `language topic* _csrf`, POST …/webhook `url _csrf`,
 * POST …/webhook/remove `_csrf`; of contacts: `own-contacts.tsx`.
 */
export function noticeSettingsPage(props: NoticeSettingsProps): string {
  const { title } = noticeSettingsWords[props.context.lang];
  return renderDocument(props.context, { surface: "portal", title, children: <Settings {...props} /> });
}

function Settings(props: NoticeSettingsProps) {
  const words = useWords(noticeSettingsWords);
  const ownWords = useWords(ownContactsWords);
  const { contact, own, provable = [], contactProblem, codeProblem, done, endpoint } = props;
  return (
    <>
      {endpoint && <ProblemSummary title={words.problem[endpoint.problem]} />}
      {contactProblem && <ProblemSummary title={ownWords.problem[contactProblem.kind]} />}
      <CodeProblemSummary of={codeProblem?.problem} />
      <BackLink href="/messages">{words.back}</BackLink>
      <h1>{words.title}</h1>
      {done && <Done>{done === "saved" ? words.saved : ownWords[done]}</Done>}
      <p className="lead">{words.lead}</p>
      <section className="card" aria-labelledby="where">
        <h2 id="where">{words.where}</h2>
        <DetailsList
          of={[
            [words.email, <Known key="email" value={contact.email} />],
            [words.phone, <Known key="phone" value={contact.phone} />],
          ]}
        />
        <p>{words.order}</p>
        <p className="hint">{words.whereHint}</p>
      </section>
      {own && <OwnContacts contacts={own} provable={provable} problem={contactProblem} codeProblem={codeProblem} />}
      <Choices {...props} />
      <Endpoint {...props} />
    </>
  );
}

function Known({ value }: Readonly<{ value: string | undefined }>) {
  const { unknown } = useWords(noticeSettingsWords);
  return value === undefined ? <span className="hint">{unknown}</span> : <Said>{value}</Said>;
}

const topics = ["reminders", "progress", "nearly"] as const;

function Choices({ language, muted }: NoticeSettingsProps) {
  const words = useWords(noticeSettingsWords);
  return (
    <PostForm action="/messages/settings" className="stack">
      <fieldset className="card">
        <legend>{words.topics}</legend>
        <label className="choice">
          <input type="checkbox" checked disabled readOnly />
          <span>
            {words.topic.decisions}
            <span className="hint"> {words.always}</span>
          </span>
        </label>
        {topics.map((topic) => (
          <label key={topic} className="choice">
            <input type="checkbox" name="topic" value={topic} defaultChecked={!muted.includes(topic)} />
            <span>{words.topic[topic]}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="card">
        <legend>{words.language}</legend>
        {(["zh", "en"] as const).map((each) => (
          <label key={each} className="choice">
            <input type="radio" name="language" value={each} defaultChecked={language === each} />
            <span>{words.languages[each]}</span>
          </label>
        ))}
      </fieldset>
      <button className="main" type="submit">
        {words.save}
      </button>
    </PostForm>
  );
}

function Endpoint({ webhookUrl, secret, endpoint }: NoticeSettingsProps) {
  const words = useWords(noticeSettingsWords);
  return (
    <section className="card stack" aria-labelledby="webhook">
      <h2 id="webhook">{words.webhook}</h2>
      <p>{words.webhookLead}</p>
      <p className="hint">{words.standard}</p>
      {(webhookUrl !== undefined || secret !== undefined) && (
        <DetailsList
          of={[
            webhookUrl !== undefined && [words.current, <Code key="url">{webhookUrl}</Code>],
            secret !== undefined && [words.secret, <Code key="secret">{secret}</Code>],
          ]}
        />
      )}
      {secret !== undefined && <p>{words.secretOnce}</p>}
      <PostForm action="/messages/settings/webhook" className="stack">
        <Field
          id="url"
          name="url"
          label={words.endpoint}
          hint={words.endpointHint}
          value={endpoint?.typed ?? webhookUrl}
          error={endpoint && words.problem[endpoint.problem]}
          required
        />
        <button className="other" type="submit">
          {webhookUrl === undefined ? words.register : words.renew}
        </button>
      </PostForm>
      {webhookUrl !== undefined && (
        <PostForm action="/messages/settings/webhook/remove">
          <button className="other" type="submit">
            {words.remove}
          </button>
        </PostForm>
      )}
    </section>
  );
}
