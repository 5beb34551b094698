import type { PageContext } from "../kit/page-context.ts";
import { deskPages } from "./desk-pages.ts";
import { portalPages } from "./portal-pages.ts";

/** One page in one state, as a reader may meet it. */
export type GalleryPage = Readonly<{ name: string; render(context: PageContext): string }>;

/** Every page in every state worth looking at. */
export const gallery: readonly GalleryPage[] = [...portalPages, ...deskPages];

export type { PageContext };
