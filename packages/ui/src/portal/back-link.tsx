import type { ReactNode } from "react";
import { catalogue, useWords } from "../kit/reader.ts";

const words = catalogue({ back: "返回：" }, { back: "Back to: " });

export function BackLink({ href, children }: Readonly<{ href: string; children: ReactNode }>) {
  return (
    <p className="back screen">
      <a href={href}>
        {useWords(words).back}
        {children}
      </a>
    </p>
  );
}
