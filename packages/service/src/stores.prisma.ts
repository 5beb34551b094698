import { CONTROLLER, GROUP_LEDGER, RECEIPTS } from "@apply-free/rules";
import { accountStore, dataOfficers } from "./access/access.prisma.ts";
import { delegationStore } from "./access/delegation.prisma.ts";
import { guardianshipStore } from "./access/guardianship.prisma.ts";
import { invitationStore } from "./access/helper-invitation.prisma.ts";
import { identityStore } from "./access/identity.prisma.ts";
import { withPersonalLogins } from "./access/personal-login.ts";
import { credentialStore } from "./access/service-credential.prisma.ts";
import { sessionStore } from "./access/session.prisma.ts";
import { codeStore } from "./access/sign-in-code.prisma.ts";
import { tryCounts } from "./access/try-limit.prisma.ts";
import { booksOn } from "./audit/books.prisma.ts";
import { sealStore } from "./audit/seal.prisma.ts";
import { budgetStore } from "./budget/budget.prisma.ts";
import { claimPools } from "./budget/claim-pool.prisma.ts";
import { fundRules } from "./budget/fund-rules.prisma.ts";
import { payerAccountStore } from "./budget/payer-account.prisma.ts";
import { consentStore, payeeAccounts } from "./confirmation/consent.prisma.ts";
import { disputeStore } from "./dispute/dispute.prisma.ts";
import { awardParts } from "./entitlement/award-part.prisma.ts";
import { destinations } from "./entitlement/destination.prisma.ts";
import { entitlementStore } from "./entitlement/entitlement.prisma.ts";
import { lineSuccessions } from "./entitlement/line-for-offers.prisma.ts";
import { relationsAmong } from "./entitlement/policy-relations.ts";
import { stackingStore } from "./entitlement/stacking-terms.prisma.ts";
import { deliveryStore } from "./facts/delivery.prisma.ts";
import { profileSource } from "./facts/profile.prisma.ts";
import { registry } from "./facts/registry.prisma.ts";
import { grievanceStore, ratingStore } from "./grievance/grievance.prisma.ts";
import { commentStore } from "./grievance/policy-comment.prisma.ts";
import type { Sealing } from "./kernel/sealing.ts";
import type { Transaction } from "./kernel/transaction.ts";
import { decisionStore } from "./matching/decision.prisma.ts";
import { firmProfiles } from "./matching/firm-profiles.ts";
import { matchGroundStore } from "./matching/match-ground.prisma.ts";
import { firmDirectory, matchRunStore, ownPayments } from "./matching/match-run.prisma.ts";
import { codeConfirmations } from "./naming/code-confirmation.prisma.ts";
import { nameDirectory, nameListStore } from "./naming/names.prisma.ts";
import { callStore } from "./notice/call.prisma.ts";
import { dispatchStore } from "./notice/dispatch.prisma.ts";
import { firmContactStore } from "./notice/firm-contact.prisma.ts";
import { groundsStore } from "./notice/grounds.prisma.ts";
import { letterStore } from "./notice/letter.prisma.ts";
import { noticeBoard } from "./notice/notice.prisma.ts";
import { settingStore } from "./notice/notice-setting.prisma.ts";
import { notifyingJournal } from "./notice/notifying-journal.ts";
import { proofStore } from "./notice/proof.prisma.ts";
import { smsReportStore } from "./notice/sms-report.prisma.ts";
import { accountCheckStore } from "./payment/account-check.prisma.ts";
import { approvalBands } from "./payment/approval-band.prisma.ts";
import { bankFileStore } from "./payment/bank-file.prisma.ts";
import { batchStore } from "./payment/batch.prisma.ts";
import { carryOvers } from "./payment/carry-over.prisma.ts";
import { owedStore } from "./payment/owed.prisma.ts";
import { payeeAccountStore } from "./payment/payee-account.prisma.ts";
import { paymentStore } from "./payment/payment.prisma.ts";
import { paymentStops } from "./payment/payment-stop.prisma.ts";
import { standings } from "./payment/standing.prisma.ts";
import type { BulkCopy } from "./platform/bulk-copy.prisma.ts";
import { flowSteps } from "./platform/flow-step.prisma.ts";
import { journalOn } from "./platform/journal.prisma.ts";
import { inTransaction, type Store, type Tx } from "./platform/store.prisma.ts";
import type { CompiledPolicies } from "./policies/compiled-policies.ts";
import { policyVersionStore } from "./policies/policy-version.prisma.ts";
import { resultStore } from "./publication/publication.prisma.ts";
import { reachNews } from "./reach/reach-news.prisma.ts";
import { reassessmentStore } from "./reassessment/reassessment.prisma.ts";
import { offsetStore } from "./recovery/offset.prisma.ts";
import { incomingRepayments } from "./recovery/receive-repayment.ts";
import { followUpStore, recoveryStore } from "./recovery/recovery.prisma.ts";
import { retentionStore } from "./retention/retention.prisma.ts";
import { predecessorStore } from "./screening/predecessor.prisma.ts";
import { quarantineStore } from "./screening/quarantine.prisma.ts";
import { nearMissStore } from "./watch/near-miss.prisma.ts";

export type Stores = ReturnType<typeof storesOn>;

/** Everything that use cases may touch, in one transaction. Each names the few it needs. */
export function storesOn(tx: Tx, compiled: CompiledPolicies, sealing: Sealing, bulk?: BulkCopy) {
  const entitlements = entitlementStore(tx);
  const policyVersions = policyVersionStore(tx);
  const notices = noticeBoard(tx);
  const grounds = groundsStore(tx, compiled);
  const journal = notifyingJournal(journalOn(tx), {
    ...{ entitlements, policyVersions, grounds, notices },
    channelOf: async (id) => (await payeeAccountStore(tx).get(id)).channel,
  });
  const budget = budgetStore(tx);
  const payerAccounts = payerAccountStore(tx);
  const recoveries = recoveryStore(tx);
  const profiles = profileSource(tx, compiled.facts);
  const payments = ownPayments(tx);
  const register = registry(tx, sealing);
  return {
    compiled,
    accounts: withPersonalLogins(accountStore(tx), register.pseudonymOf),
    guardianships: guardianshipStore(tx),
    sessions: sessionStore(tx),
    identities: identityStore(tx, sealing),
    codes: codeStore(tx),
    tries: tryCounts(tx),
    delegations: delegationStore(tx),
    invitations: invitationStore(tx),
    dataOfficers: dataOfficers(tx),
    credentials: credentialStore(tx),
    deliveries: deliveryStore(tx, bulk),
    registry: register,
    quarantine: quarantineStore(tx),
    predecessors: predecessorStore(tx),
    nameLists: nameListStore(tx),
    names: nameDirectory(tx),
    codeConfirmations: codeConfirmations(tx),
    firms: firmDirectory(tx),
    profiles,
    ownPayments: payments,
    policyVersions,
    decisions: decisionStore(tx),
    matchRuns: matchRunStore(tx),
    matchGrounds: matchGroundStore(tx),
    entitlements,
    nearMisses: nearMissStore(tx),
    awardParts: awardParts(tx, compiled),
    destinations: destinations(tx, compiled),
    stacking: stackingStore(tx, {
      async relations() {
        const versions = await policyVersions.listLatest();
        return relationsAmong(versions.map((version) => compiled.get(version).policy));
      },
      async receivedBy(code, asOf, withGroup) {
        const only = withGroup ? [...RECEIPTS, CONTROLLER, GROUP_LEDGER] : RECEIPTS;
        return (await firmProfiles({ profiles, ownPayments: payments }, [code], asOf, { only }))(code);
      },
    }),
    lineSuccessions: lineSuccessions(tx),
    budget,
    funds: fundRules(tx, compiled),
    claimPools: claimPools(tx),
    payerAccounts,
    notices,
    letters: letterStore(tx),
    dispatches: dispatchStore(tx),
    noticeSettings: settingStore(tx),
    firmContacts: firmContactStore(tx),
    proofs: proofStore(tx),
    smsReports: smsReportStore(tx),
    calls: callStore(tx),
    consents: consentStore(tx),
    payees: payeeAccounts(tx),
    payeeAccounts: payeeAccountStore(tx),
    payments: paymentStore(tx),
    standings: standings(tx),
    owed: owedStore(tx),
    accountChecks: accountCheckStore(tx),
    approvalBands: approvalBands(tx),
    batches: batchStore(tx),
    bankFiles: bankFileStore(tx),
    paymentStops: paymentStops(tx),
    carryOvers: carryOvers(tx),
    books: booksOn(tx),
    results: resultStore(tx),
    reachNews: reachNews(tx),
    reassessments: reassessmentStore(tx),
    recoveries,
    followUps: followUpStore(tx),
    offsets: offsetStore(tx),
    incoming: incomingRepayments({ recoveries, payerAccounts, budget, journal }),
    disputes: disputeStore(tx),
    ratings: ratingStore(tx),
    comments: commentStore(tx),
    grievances: grievanceStore(tx),
    retention: retentionStore(tx, compiled),
    seals: sealStore(tx),
    flowSteps: flowSteps(tx),
    journal,
  };
}

/**
 * Transactions on an open store. One that lost a race against another is tried again.
 * @param options for work that takes longer than a request may
 */
export function transactionsOn(
  { prisma, sealing, bulk }: Store,
  compiled: CompiledPolicies,
  options: Readonly<{ timeout?: number }> = {},
): Transaction<Stores> {
  return (work) => inTransaction(prisma, (tx) => work(storesOn(tx, compiled, sealing, bulk)), options);
}

/** A delivery about millions of firms is one transaction all the same. */
export const LARGEST_DELIVERY_MS = 4 * 60 * 60_000;
