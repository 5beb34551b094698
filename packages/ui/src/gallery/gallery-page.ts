import type { PageContext } from "../kit/page-context.ts";

/** One page in one state, as a reader may meet it. */
export type GalleryPage = Readonly<{ name: string; render(context: PageContext): string }>;
