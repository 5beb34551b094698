const WIDTH = 30;

/** `[###########                   ]  37 %  2,400,000 of 6,500,000 facts`, each time another percent is done. */
export function progressBar(what: string, say: (line: string) => void): (done: number, all: number) => void {
  let shown = -STEP;
  return (done, all) => {
    const percent = all === 0 ? 100 : Math.floor((done / all) * 100);
    // Small work needs no bar, and one line in twenty says enough in a log.
    if (all < FROM || percent < shown + STEP) return;
    shown = percent;
    const filled = Math.round((percent / 100) * WIDTH);
    const number = (value: number) => value.toLocaleString("en-US");
    const bar = `[${"#".repeat(filled)}${" ".repeat(WIDTH - filled)}]`;
    say(`${bar} ${String(percent).padStart(3)} %  ${number(done)} of ${number(all)} ${what}`);
  };
}

const FROM = 50_000;
const STEP = 5;
