/** A file that pages refer to. Its name contains its digest, so it may be cached for ever. */
export type StaticAsset = Readonly<{
  /** `/static/portal.3f2a9c1b.css` */
  path: string;
  contentType: string;
  body: string;
}>;

/** Everything that the service must serve besides pages. */
export function staticAssets(): readonly StaticAsset[] {
  return [];
}
