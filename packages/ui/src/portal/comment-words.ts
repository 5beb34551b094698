import { catalogue } from "../kit/reader.ts";

export const commentWords = catalogue(
  {
    title: "对这项政策留言",
    lead: "好的、不好的、看不懂的，都可以说。不用留姓名和联系方式；部门在 10 个工作日左右答复，公开的答复显示在政策页上。",
    notHere: "数据有误、对结果不服的，请在“我的数据”和“我的诉求”里提出，那里有法定的答复。",
    words: "留言",
    wordsHint: "最多 1000 字，只保留文字。请不要写身份证号、账号等个人信息。",
    send: "提交",
    cancel: "不留了",
    problem: {
      empty: "请写下您想说的话。",
      long: "超过 1000 字了，请写短一些。",
      "too-many": "留言太频繁，请过一小时再试。您写的内容还在下面。",
    },
    said: "已收到您的留言，谢谢。",
    comments: "留言和答复",
    none: "还没有公开的答复。",
    add: "我要留言",
    by: { firm: "企业", public: "公众" },
    answer: "部门答复：",
  },
  {
    title: "Comment on this policy",
    lead: "What is good, what is bad, what nobody can understand. No name or address is asked for; the department answers in about 10 working days, and what is published stands on the policy's page.",
    notHere: "Wrong data and objections have their own way, with an answer by law: My data and My tickets.",
    words: "Your comment",
    wordsHint: "At most 1000 characters, text only. Please no identity or account numbers.",
    send: "Send",
    cancel: "Leave it",
    problem: {
      empty: "Write what you want to say.",
      long: "This is more than 1000 characters; please shorten it.",
      "too-many": "That was often. Try again in an hour; what you wrote is kept below.",
    },
    said: "We have your comment. Thank you.",
    comments: "Comments and answers",
    none: "No answer has been published yet.",
    add: "Comment on it",
    by: { firm: "A firm", public: "Somebody" },
    answer: "The department: ",
  },
);
