import type { ReactNode } from "react";
import { useReader } from "./reader.ts";

type PostFormProps = Readonly<{
  action: string;
  /** Makes a repeated press of the button the same request. */
  requestKey?: string;
  /** A form that carries a file. */
  multipart?: boolean;
  className?: string;
  id?: string;
  children: ReactNode;
}>;

/** The only way to write a form that changes something: it cannot forget its token. */
export function PostForm({ action, requestKey, multipart, children, ...rest }: PostFormProps) {
  const { csrfToken = "", isKiosk } = useReader();
  const optional = { ...(multipart && { encType: "multipart/form-data" }), ...(isKiosk && { autoComplete: "off" }) };
  return (
    <form method="post" action={action} {...optional} {...rest}>
      <input type="hidden" name="_csrf" value={csrfToken} />
      {requestKey !== undefined && <input type="hidden" name="requestKey" value={requestKey} />}
      {children}
    </form>
  );
}

type FieldProps = Readonly<{
  /** Unique on the page; also the target of an error link. */
  id: string;
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value?: string | undefined;
  type?: "text" | "password" | "date" | "search";
  inputMode?: "numeric" | "text";
  autoComplete?: string;
  required?: boolean;
}>;

/** A labelled text field that keeps what was typed and says what is wrong with it. */
export function Field({ id, label, hint, error, value, type = "text", ...input }: FieldProps) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const { isKiosk } = useReader();
  return (
    <div className={error ? "field wrong" : "field"}>
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <input
        id={id}
        type={type}
        {...(value !== undefined && { defaultValue: value })}
        {...(described && { "aria-describedby": described })}
        {...(error && { "aria-invalid": true })}
        {...input}
        {...(isKiosk && { autoComplete: "off" })}
      />
    </div>
  );
}

type LongFieldProps = Pick<FieldProps, "id" | "name" | "label" | "hint" | "value" | "required">;

/** The same, for several lines. */
export function LongField({ id, label, hint, value, ...input }: LongFieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <textarea
        id={id}
        rows={4}
        {...(value !== undefined && { defaultValue: value })}
        {...(hint && { "aria-describedby": `${id}-hint` })}
        {...input}
      />
    </div>
  );
}
