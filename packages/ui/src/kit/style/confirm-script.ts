/**
 * Keeps the total beside the button true while boxes are ticked. Only a convenience: without it
 * the total says that it is for all of them, and the receipt says what was chosen.
 */
export const confirmScript = `"use strict";
const boxes = [...document.querySelectorAll("input[data-fen]")];
const total = document.querySelector("[data-total]");
const label = document.querySelector("[data-total-label]");
function show() {
  const on = boxes.filter((box) => box.checked);
  const fen = on.reduce((sum, box) => sum + BigInt(box.dataset.fen), 0n).toString().padStart(3, "0");
  const yuan = fen.slice(0, -2).replace(/\\B(?=(\\d{3})+$)/g, ",") + "." + fen.slice(-2);
  total.textContent = total.dataset.total.replace("{}", yuan);
  label.textContent = label.dataset.totalLabel.replace("{}", on.length);
}
document.addEventListener("change", show);
addEventListener("pageshow", show);
`;
