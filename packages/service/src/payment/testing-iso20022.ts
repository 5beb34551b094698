import { XMLParser } from "fast-xml-parser";

/**
 * The elements that each of these may hold, in the order that the standard prescribes.
 * Source: ISO 20022 pain.001.001.09, pain.002.001.10, camt.053.001.08.
 */
const sequences: Readonly<Record<string, string>> = {
  CstmrCdtTrfInitn: "GrpHdr PmtInf SplmtryData",
  "CstmrCdtTrfInitn/GrpHdr": "MsgId CreDtTm Authstn NbOfTxs CtrlSum InitgPty FwdgAgt InitnSrc",
  PmtInf:
    "PmtInfId PmtMtd BtchBookg NbOfTxs CtrlSum PmtTpInf ReqdExctnDt PoolgAdjstmntDt Dbtr DbtrAcct DbtrAgt DbtrAgtAcct InstrForDbtrAgt UltmtDbtr ChrgBr ChrgsAcct ChrgsAcctAgt CdtTrfTxInf",
  CdtTrfTxInf:
    "PmtId PmtTpInf Amt XchgRateInf ChrgBr MndtRltdInf ChqInstr UltmtDbtr IntrmyAgt1 IntrmyAgt1Acct IntrmyAgt2 IntrmyAgt2Acct IntrmyAgt3 IntrmyAgt3Acct CdtrAgt CdtrAgtAcct Cdtr CdtrAcct UltmtCdtr InstrForCdtrAgt InstrForDbtrAgt Purp RgltryRptg Tax RltdRmtInf RmtInf SplmtryData",
  PmtId: "InstrId EndToEndId UETR",
  ReqdExctnDt: "Dt DtTm",
  DbtrAcct: "Id Tp Ccy Nm Prxy",
  CdtrAcct: "Id Tp Ccy Nm Prxy",
  FinInstnId: "BICFI ClrSysMmbId LEI Nm PstlAdr Othr",
  ClrSysMmbId: "ClrSysId MmbId",
  CstmrPmtStsRpt: "GrpHdr OrgnlGrpInfAndSts OrgnlPmtInfAndSts SplmtryData",
  OrgnlGrpInfAndSts: "OrgnlMsgId OrgnlMsgNmId OrgnlCreDtTm OrgnlNbOfTxs OrgnlCtrlSum GrpSts StsRsnInf NbOfTxsPerSts",
  OrgnlPmtInfAndSts: "OrgnlPmtInfId OrgnlNbOfTxs OrgnlCtrlSum PmtInfSts StsRsnInf NbOfTxsPerSts TxInfAndSts",
  TxInfAndSts:
    "StsId OrgnlInstrId OrgnlEndToEndId OrgnlUETR TxSts StsRsnInf TrckrData ChrgsInf AccptncDtTm AcctSvcrRef ClrSysRef OrgnlTxRef SplmtryData",
  StsRsnInf: "Orgtr Rsn AddtlInf",
  BkToCstmrStmt: "GrpHdr Stmt SplmtryData",
  Stmt: "Id StmtPgntn ElctrncSeqNb RptgSeq LglSeqNb CreDtTm FrToDt CpyDplctInd RptgSrc Acct RltdAcct Intrst Bal TxsSummry Ntry AddtlStmtInf",
  Bal: "Tp CdtLine Amt CdtDbtInd Dt Avlbty",
  Ntry: "NtryRef Amt CdtDbtInd RvslInd Sts BookgDt ValDt AcctSvcrRef Avlbty BkTxCd ComssnWvrInd AddtlInfInd AmtDtls Chrgs TechInptChanl Intrst CardTx NtryDtls AddtlNtryInf",
  TxDtls:
    "Refs Amt CdtDbtInd AmtDtls Avlbty BkTxCd Chrgs Intrst RltdPties RltdAgts LclInstrm Purp RltdRmtInf RmtInf RltdDts RltdPric RltdQties FinInstrmId Tax RtrInf CorpActn SfkpgAcct CshDpst CardTx AddtlTxInf SplmtryData",
  RtrInf: "OrgnlBkTxCd Orgtr Rsn AddtlInf",
};

type Node = Record<string, Node[]>;
const ordered = new XMLParser({ preserveOrder: true, ignoreAttributes: true, parseTagValue: false });

/** For tests: every element that stands where the standard does not allow it. */
export function misplaced(xml: string): string[] {
  const wrong: string[] = [];
  const visit = (name: string, parent: string, children: Node[]) => {
    const allowed = (sequences[`${parent}/${name}`] ?? sequences[name])?.split(" ");
    const names = children.map((child) => Object.keys(child)[0] ?? "").filter((key) => key !== "#text" && key !== ":@");
    let last = 0;
    for (const child of allowed ? names : []) {
      const place = allowed?.indexOf(child) ?? -1;
      if (place < last) wrong.push(`${name}/${child}`);
      last = place;
    }
    for (const child of children) {
      for (const [key, below] of Object.entries(child)) if (Array.isArray(below)) visit(key, name, below);
    }
  };
  for (const root of ordered.parse(xml) as Node[]) {
    for (const [name, children] of Object.entries(root)) if (name === "Document") visit(name, "", children);
  }
  return wrong;
}
