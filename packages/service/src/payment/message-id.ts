/**
 * An id that names a file and stands in an address, and so means the same to every bank.
 *
 * @throws when it could lead out of its folder
 */
export function nameable(messageId: string): string {
  if (!/^[A-Za-z0-9-]{1,35}$/.test(messageId)) throw new Error(`"${messageId}" cannot name a file`);
  return messageId;
}
