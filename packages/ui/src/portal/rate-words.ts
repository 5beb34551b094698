import { catalogue } from "../kit/reader.ts";

export const rateWords = catalogue(
  {
    title: "评价这次办理",
    lead: "每项补贴、每个渠道评价一次，实名。差评会有人在五个工作日内整改并答复您，不影响您的任何待遇。",
    level: "您满意吗",
    channel: "在哪里办的",
    words: "为什么（可不填）",
    wordsHint: "不满意的，请告诉我们哪里要改",
    send: "提交评价",
    back: "不评了",
    said: "您已经评价过",
    changeUntil: (day: string) => `${day}前可以修改`,
    closed: "已过修改期限",
  },
  {
    title: "Rate how this was handled",
    lead: "Once for each benefit and channel, under your firm's name. A bad rating is answered by a person within five working days, and never changes what you get.",
    level: "Are you satisfied?",
    channel: "Where were you served?",
    words: "Why (optional)",
    wordsHint: "If you are not satisfied, tell us what to change",
    send: "Send the rating",
    back: "Never mind",
    said: "What you said before",
    changeUntil: (day) => `can be changed until ${day}`,
    closed: "can no longer be changed",
  },
);
