import type { PageContext, Role } from "../kit/page-context.ts";
import type { GalleryPage } from "./gallery-page.ts";
import { firmName } from "./sample-benefits.ts";

/** The context as a reader of this role would have it. */
export function readBy(context: PageContext, role: Role | undefined): PageContext {
  if (role === undefined) return context;
  const names: Readonly<Record<Role, string>> = {
    enterprise: "张会计",
    author: "孙起草",
    "finance-maker": "王经办",
    "finance-checker": "李复核",
    auditor: "钱审计",
    operator: "赵运维",
    "data-officer": "周数据",
    "window-clerk": "吴窗口",
    helper: "郑帮扶",
    "hotline-agent": "冯坐席",
  };
  const user = { displayName: names[role], role, ...(role === "enterprise" && { firmName }) };
  return { ...context, user, ...(role === "enterprise" && { unreadMessages: 2 }) };
}

/** A page as a reader of this role meets it. */
export function shownTo(role: Role, name: string, render: GalleryPage["render"]): GalleryPage {
  return { name, render: (context) => render(readBy(context, role)) };
}
