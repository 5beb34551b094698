import type { Bilingual } from "../kit/bilingual.ts";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Done, Empty, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords, wordsFor } from "../kit/reader.ts";
import { Code, Day, Said, Yuan } from "../kit/text.tsx";
import { BackLink } from "./back-link.tsx";
import { type DelegateBounds, Scope } from "./delegate-bounds.tsx";
import { delegatesWords } from "./delegates-words.ts";

export type DelegatesProps = Readonly<{
  context: PageContext;
  requestKey: string;
  delegates: readonly DelegateView[];
  /** What a delegation can be for. */
  policies: readonly Readonly<{ id: string; title: Bilingual }>[];
  /** Who may read what waits, and answer nothing. */
  helpers: readonly Readonly<{ id: string; displayName: string }>[];
  done?: "granted" | "revoked" | "invited" | "dismissed" | undefined;
  /** Shown once, right after it was made. */
  handOver?: Readonly<{ login: string; password: string }> | undefined;
  typed?: DelegateTyped | undefined;
  problem?: string | undefined;
}>;

export type DelegateView = DelegateBounds &
  Readonly<{
    id: string;
    displayName: string;
    login: string;
    state: "live" | "expired" | "revoked";
  }>;

export type DelegateTyped = Readonly<{
  displayName: string;
  capYuan: string;
  expiresOn: string;
  policy: readonly string[];
}>;

/**
 * GET /delegates. Forms: POST /delegates `displayName policy* capYuan expiresOn requestKey _csrf`,
 * POST /delegates/<id>/revoke `_csrf`, POST /delegates/helpers `login _csrf`, POST /delegates/helpers/end `helper _csrf`.
 */
export function delegatesPage(props: DelegatesProps): string {
  const { title } = wordsFor(delegatesWords, props.context);
  return renderDocument(props.context, { surface: "portal", title, children: <Delegates {...props} /> });
}

function Delegates(props: DelegatesProps) {
  const words = useWords(delegatesWords);
  const { delegates, done, handOver, problem } = props;
  return (
    <>
      {problem !== undefined && (
        <ProblemSummary title={words.problem}>
          <p>
            <Said>{problem}</Said>
          </p>
        </ProblemSummary>
      )}
      <BackLink href="/">{words.back}</BackLink>
      <h1>{words.title}</h1>
      {done && <Done>{words.done[done]}</Done>}
      {handOver && (
        <section className="card" aria-labelledby="key">
          <h2 id="key">{words.key}</h2>
          <DetailsList
            of={[
              [words.login, <Code key="login">{handOver.login}</Code>],
              [words.password, <Code key="password">{handOver.password}</Code>],
            ]}
          />
          <p className="warn">{words.keyOnce}</p>
        </section>
      )}
      <p className="lead">{words.lead}</p>
      <p className="hint">{words.never}</p>
      <section className="stack" aria-labelledby="people">
        <h2 id="people">{words.people}</h2>
        {delegates.length === 0 && <Empty>{words.empty}</Empty>}
        {delegates.map((delegate) => (
          <DelegateCard key={delegate.id} {...delegate} />
        ))}
      </section>
      <GrantForm {...props} />
      <Helpers {...props} />
    </>
  );
}

function DelegateCard({ id, displayName, login, policies, capFen, expiresOn, state }: DelegateView) {
  const words = useWords(delegatesWords);
  return (
    <div className="card stack">
      <p className="line">
        <strong>
          <Said>{displayName}</Said>
        </strong>
        <span className={state === "live" ? "state good" : "state"}>{words.state[state]}</span>
      </p>
      <DetailsList
        of={[
          [words.login, <Code key="login">{login}</Code>],
          [words.scope, <Scope key="scope" of={policies} />],
          [words.cap, <Yuan key="cap" fen={capFen} />],
          [words.until, <Day key="until" of={expiresOn} full />],
        ]}
      />
      {state !== "revoked" && (
        <PostForm action={`/delegates/${encodeURIComponent(id)}/revoke`}>
          <button className="other" type="submit">
            {words.revoke}
            <span className="unseen">
              <Said>{words.of(displayName)}</Said>
            </span>
          </button>
        </PostForm>
      )}
    </div>
  );
}

function GrantForm({ requestKey, policies, typed }: DelegatesProps) {
  const words = useWords(delegatesWords);
  return (
    <section className="card stack" aria-labelledby="grant">
      <h2 id="grant">{words.grant}</h2>
      <PostForm action="/delegates" requestKey={requestKey} className="stack">
        <Field id="displayName" name="displayName" label={words.name} value={typed?.displayName} required />
        <fieldset>
          <legend>{words.scopeAsked}</legend>
          <p className="hint">{words.scopeHint}</p>
          {policies.map(({ id, title }) => (
            <label key={id} className="choice">
              <input type="checkbox" name="policy" value={id} defaultChecked={typed?.policy.includes(id) ?? false} />
              <span>
                <Said>{title}</Said>
              </span>
            </label>
          ))}
        </fieldset>
        <Field
          {...{ id: "capYuan", name: "capYuan", label: words.capAsked, hint: words.capHint }}
          {...{ value: typed?.capYuan, required: true }}
        />
        <Field
          {...{ id: "expiresOn", name: "expiresOn", label: words.untilAsked, hint: words.untilHint }}
          {...{ value: typed?.expiresOn, type: "date", required: true }}
        />
        <button className="main" type="submit">
          {words.submit}
        </button>
      </PostForm>
    </section>
  );
}

function Helpers({ helpers }: DelegatesProps) {
  const words = useWords(delegatesWords);
  return (
    <section className="card stack" aria-labelledby="helpers">
      <h2 id="helpers">{words.helpers}</h2>
      <p>{words.helpersLead}</p>
      {helpers.map(({ id, displayName }) => (
        <PostForm key={id} action="/delegates/helpers/end" className="line">
          <input type="hidden" name="helper" value={id} />
          <strong>
            <Said>{displayName}</Said>
          </strong>
          <button className="other" type="submit">
            {words.dismiss}
            <span className="unseen">
              <Said>{words.of(displayName)}</Said>
            </span>
          </button>
        </PostForm>
      ))}
      <PostForm action="/delegates/helpers" className="stack">
        <Field id="login" name="login" label={words.helperLogin} required />
        <button className="other" type="submit">
          {words.invite}
        </button>
      </PostForm>
    </section>
  );
}
