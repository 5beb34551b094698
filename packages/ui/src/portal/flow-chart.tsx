import type { Bilingual } from "../kit/bilingual.ts";
import { catalogue, useReader, useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";
import { benefitWords } from "./benefit-words.ts";
import { boxSize, layOut, type Transition } from "./flow-layout.ts";

const words = catalogue(
  {
    title: "一笔补贴的办理流程图",
    inWords: "流程图的文字说明",
    begins: "从这里开始：",
    after: (state: string) => `“${state}”之后：`,
    ends: "到此结束。",
    comma: "、",
  },
  {
    title: "Flow chart of a benefit",
    inWords: "The chart in words",
    begins: "It begins with: ",
    after: (state) => `After “${state}”: `,
    ends: "it ends here.",
    comma: ", ",
  },
);

/** The state machine as drawn and as told: the same transitions, so neither can say what the other does not. */
export function FlowChart({ transitions }: Readonly<{ transitions: readonly Transition[] }>) {
  const text = useWords(words);
  const nameOf = useStateName();
  const { width, height, boxes, arrows } = layOut(transitions);
  return (
    <figure className="stack">
      <svg
        className="flow"
        role="img"
        aria-label={text.title}
        aria-describedby="flow-in-words"
        viewBox={`0 0 ${width} ${height}`}
        width="21em"
        fill="none"
        stroke="currentColor"
      >
        <defs>
          <marker
            id="tip"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto-start-reverse"
          >
            <path d="M0 0L8 4L0 8z" fill="currentColor" stroke="none" />
          </marker>
        </defs>
        {arrows.map(({ from, to, path, isTwoWay }) => (
          <path key={`${from} ${to}`} d={path} markerEnd="url(#tip)" {...(isTwoWay && { markerStart: "url(#tip)" })} />
        ))}
        {boxes.map(({ state, x, y, isEnd }) => (
          <g key={state}>
            <rect x={x} y={y} {...boxSize} rx={isEnd ? 18 : 4} strokeWidth={isEnd ? 2.5 : 1.2} />
            <text
              x={x + boxSize.width / 2}
              y={y + boxSize.height / 2 + 5}
              fontSize="14"
              textAnchor="middle"
              fill="currentColor"
              stroke="none"
            >
              {nameOf(state)}
            </text>
          </g>
        ))}
      </svg>
      <details>
        <summary>{text.inWords}</summary>
        <ul id="flow-in-words" className="stack">
          <InWords transitions={transitions} />
        </ul>
      </details>
    </figure>
  );
}

function InWords({ transitions }: Readonly<{ transitions: readonly Transition[] }>) {
  const text = useWords(words);
  const nameOf = useStateName();
  const states = layOut(transitions).boxes.map(({ state }) => state);
  const next = (state: string) => transitions.filter(({ from }) => from === state).map(({ to }) => nameOf(to));
  return ["", ...states].map((state) => (
    <li key={state}>
      {state === "" ? text.begins : text.after(nameOf(state))}
      <Said>{(next(state).join(text.comma) || text.ends) satisfies Bilingual}</Said>
    </li>
  ));
}

/** In the words of the firm's own pages; a state that they do not know yet keeps its name. */
function useStateName(): (state: string) => string {
  const { tag } = benefitWords[useReader().lang];
  return (state) => (Object.hasOwn(tag, state) ? tag[state as keyof typeof tag] : state);
}
