import type { OpenedNameList } from "../desk/names-page.tsx";
import type { RegisteredSubject } from "../desk/register-page.tsx";

export const nameList: OpenedNameList = {
  id: "name-list_1",
  sourceId: "industry",
  fileName: "titles-2025-10-31.csv",
  asOf: "2025-10-31",
  arrivedAt: "2025-11-03T01:00:00.000Z",
  status: "open",
  names: 3,
  settled: 1,
  plain: 1,
  mayDecide: true,
  entries: [
    {
      name: "郑州示例机械有限公司",
      candidates: [{ code: "91410100MA0000000X", name: "郑州示例机械有限公司", how: "current" }],
    },
    {
      name: "郑州旧名示例有限公司",
      candidates: [
        { code: "91410100MA0000001X", name: "郑州另一示例有限公司", how: "former" },
        { code: "91410100MA0000002X", name: "郑州第三示例有限公司", how: "answered" },
      ],
    },
    { name: "没有这家有限公司", candidates: [], settled: { by: "数据管理员" } },
  ],
};

export const registeredSubject: RegisteredSubject = {
  code: "91410100M0001TGQ0M",
  name: "郑州先行示例有限公司",
  check: "doubtful",
  branchOf: null,
  branches: [{ code: "91410100MA0000003X", name: "郑州先行示例有限公司金水分公司" }],
  controlledBy: { code: "91410000MA0000009X", name: "河南示例控股集团有限公司" },
  groupMembers: [{ code: "91410100MA0000004X", name: "郑州示例材料有限公司" }],
  predecessors: [
    {
      code: "92410105MA00000001",
      way: { zh: "个体工商户转为企业", en: "individual business turned enterprise" },
      on: "2024-03-01",
    },
  ],
  successors: [],
  formerNames: [{ name: "郑州旧名示例有限公司", until: "2024-12-31" }],
  history: [
    {
      id: "ent.status",
      label: { zh: "登记状态", en: "Registration status" },
      value: { zh: "在营", en: "in business" },
      since: "2025-10-31",
      sourceId: "market-regulation",
    },
  ],
};
