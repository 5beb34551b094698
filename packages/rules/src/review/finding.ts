/** Something that the author of a policy should look at. */
export type Finding = Readonly<{
  level: "error" | "warning";
  code: string;
  /** Place in the policy, or label of a clause. */
  where: string;
  message: string;
}>;
