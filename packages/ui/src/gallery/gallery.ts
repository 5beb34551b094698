import { auditPages } from "./audit-pages.ts";
import { commentPages } from "./comment-pages.ts";
import { dataPages } from "./data-pages.ts";
import { delegatePages } from "./delegate-pages.ts";
import { deskPages } from "./desk-pages.ts";
import type { GalleryPage } from "./gallery-page.ts";
import { grievancePages } from "./grievance-pages.ts";
import { ownDataPages } from "./own-data-pages.ts";
import { guardianshipPages, personPages } from "./person-pages.ts";
import { portalPages } from "./portal-pages.ts";
import { signInPages } from "./sign-in-pages.ts";
import { unreachedPages } from "./unreached-pages.ts";

/** Every page in every state worth looking at. */
export const gallery: readonly GalleryPage[] = [
  ...portalPages,
  ...signInPages,
  ...ownDataPages,
  ...delegatePages,
  ...deskPages,
  ...auditPages,
  ...unreachedPages,
  ...commentPages,
  ...dataPages,
  ...grievancePages,
  ...personPages,
  ...guardianshipPages,
];
