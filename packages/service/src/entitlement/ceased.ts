/** Registration statuses (登记状态) of firms that do not exist any more: nobody is left to be paid. */
const ceased: readonly string[] = ["注销", "吊销"];

/** The same answer when an offer is made and when its money leaves, or one would undo the other. */
export function hasCeased(firmStatus: string | undefined): boolean {
  return firmStatus !== undefined && ceased.includes(firmStatus);
}
