import { catalogue } from "../kit/reader.ts";

export const ownContactsWords = catalogue(
  {
    title: "自己的联系方式",
    lead: "想收到别的邮箱或手机，在这里填写。核实以前仍发到登记的联系方式，核实以后先发到这里。",
    kinds: { email: "邮箱", phone: "手机" },
    typed: { email: "自己的邮箱", phone: "自己的手机号" },
    isVerified: "已核实",
    verified: "已核实。以后的通知先发到这里。",
    unverified: "未核实",
    sent: "已保存。6 位验证码已经发到新的联系方式，5 分钟内有效，请在下面填写。",
    code: { email: "邮箱收到的 ", phone: "手机收到的 " },
    verify: { email: "核实邮箱", phone: "核实手机" },
    again: { email: "给邮箱发验证码", phone: "给手机发验证码" },
    unprovable: { email: "现在发不出邮件，暂时不能核实。", phone: "现在发不出短信，暂时不能核实。" },
    problem: { email: "请填写完整的邮箱，例如 name@firm.example。", phone: "请填写 11 位手机号。" },
    save: { email: "保存邮箱", phone: "保存手机" },
    remove: { email: "删除邮箱", phone: "删除手机" },
  },
  {
    title: "Contacts of your own",
    lead: "To be told at another mailbox or telephone, name it here. Until it is verified everything goes to what the register says; afterwards it comes here first.",
    kinds: { email: "E-mail", phone: "Mobile" },
    typed: { email: "Your own e-mail", phone: "Your own mobile number" },
    isVerified: "verified",
    verified: "Verified. Notices come here first from now on.",
    unverified: "not verified",
    sent: "Saved. Six digits are on their way to the new contact, valid for 5 minutes; enter them below.",
    code: { email: "From the e-mail: ", phone: "From the text message: " },
    verify: { email: "Verify the e-mail", phone: "Verify the number" },
    again: { email: "Send a code to the e-mail", phone: "Send a code to the number" },
    unprovable: {
      email: "No mail can be sent from here now, so it cannot be verified yet.",
      phone: "No text messages can be sent from here now, so it cannot be verified yet.",
    },
    problem: {
      email: "Enter the whole address, such as name@firm.example.",
      phone: "Enter a mobile number of 11 digits.",
    },
    save: { email: "Save the e-mail", phone: "Save the number" },
    remove: { email: "Remove the e-mail", phone: "Remove the number" },
  },
);
