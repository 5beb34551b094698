import { catalogue } from "../kit/reader.ts";

export const ownContactsWords = catalogue(
  {
    title: "自己的联系方式",
    lead: "想收到别的邮箱或手机，在这里填写。核实以前仍发到登记的联系方式，核实以后先发到这里。",
    kinds: { email: "邮箱", phone: "手机" },
    typed: { email: "自己的邮箱", phone: "自己的手机号" },
    verified: "已核实",
    unverified: "未核实",
    problem: { email: "请填写完整的邮箱，例如 name@firm.example。", phone: "请填写 11 位手机号。" },
    save: { email: "保存邮箱", phone: "保存手机" },
    remove: { email: "删除邮箱", phone: "删除手机" },
  },
  {
    title: "Contacts of your own",
    lead: "To be told at another mailbox or telephone, name it here. Until it is verified everything goes to what the register says; afterwards it comes here first.",
    kinds: { email: "E-mail", phone: "Mobile" },
    typed: { email: "Your own e-mail", phone: "Your own mobile number" },
    verified: "verified",
    unverified: "not verified",
    problem: {
      email: "Enter the whole address, such as name@firm.example.",
      phone: "Enter a mobile number of 11 digits.",
    },
    save: { email: "Save the e-mail", phone: "Save the number" },
    remove: { email: "Remove the e-mail", phone: "Remove the number" },
  },
);
