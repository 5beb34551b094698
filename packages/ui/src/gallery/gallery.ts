import { dataPages } from "./data-pages.ts";
import { deskPages } from "./desk-pages.ts";
import type { GalleryPage } from "./gallery-page.ts";
import { portalPages } from "./portal-pages.ts";

/** Every page in every state worth looking at. */
export const gallery: readonly GalleryPage[] = [...portalPages, ...deskPages, ...dataPages];
