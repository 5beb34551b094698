import type { Policy } from "../policy/policy.ts";
import type { Finding } from "./finding.ts";

/** Documents that the government itself issues or holds. */
const governmentIssued =
  /营业执照|身份证|户口|毕业证|学历|缴费(凭证|证明)|完税|纳税证明|认定(文件|证书)|批文|登记证|许可证|信用报告|社保证明/;

/**
 * A guide names conditions, procedure, time limits, materials, department and contact (六要素), and asks
 * for nothing that the government has. Conditions, procedure and time limits are tagged clauses.
 */
export function findGuideGaps({ clauses, guide }: Policy): Finding[] {
  const tags = new Set([...clauses.values()].flatMap((clause) => clause.tags));
  const missing = [
    ...(tags.has("资格") ? [] : ["条件 [资格]"]),
    ...(tags.has("程序") ? [] : ["程序 [程序]"]),
    ...(tags.has("时限") ? [] : ["时限 [时限]"]),
    ...(guide ? [] : ["材料、咨询 (guide)"]),
  ];
  const shared = guide?.materials.filter(({ how, name }) => how === "upload" && governmentIssued.test(name.zh)) ?? [];
  return [
    ...missing.map((what): Finding => {
      return { level: "warning", code: "guide-incomplete", where: "guide", message: `does not say: ${what}.` };
    }),
    ...shared.map(({ name }): Finding => {
      const message = `asks for ${name.zh}, which the government issues; take it from the department's data.`;
      return { level: "error", code: "asks-for-shared-material", where: "guide.materials", message };
    }),
  ];
}
