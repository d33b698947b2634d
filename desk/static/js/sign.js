// The signature area: strokes of a finger, a pen or the mouse, smoothed, and exported as a PNG on white.
import { tell } from "./toast.js";
import { say } from "./words.js";

const [INK, THIN, THICK, MARGIN, SHARP] = ["#101828", 1.2, 3.4, 12, 2];

// Draw one stroke: curves through the middles of its points, thinner where the hand was fast.
function drawStroke(pen, points) {
  pen.strokeStyle = pen.fillStyle = INK;
  pen.lineCap = pen.lineJoin = "round";
  if (points.length < 3) {
    pen.beginPath();
    pen.arc(points[0].x, points[0].y, THICK / 2, 0, 7);
    return pen.fill();
  }
  let width = THICK * 0.7;
  for (let n = 1; n < points.length - 1; n += 1) {
    const [a, b, c] = points.slice(n - 1, n + 2);
    const speed = Math.hypot(b.x - a.x, b.y - a.y) / Math.max(b.t - a.t, 1);
    width = width * 0.7 + Math.min(Math.max(THICK - speed * 1.2, THIN), THICK) * 0.3;
    pen.lineWidth = width;
    pen.beginPath();
    pen.moveTo((a.x + b.x) / 2, (a.y + b.y) / 2);
    pen.quadraticCurveTo(b.x, b.y, (b.x + c.x) / 2, (b.y + c.y) / 2);
    pen.stroke();
  }
}

// Return the strokes as a PNG data URL, cut to what was drawn; "" when there is nothing.
function picture(strokes) {
  const points = strokes.flat();
  if (!points.length) return "";
  const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
  const [left, top] = [Math.min(...xs) - MARGIN, Math.min(...ys) - MARGIN];
  const sheet = document.createElement("canvas");
  sheet.width = (Math.max(...xs) + MARGIN - left) * SHARP;
  sheet.height = (Math.max(...ys) + MARGIN - top) * SHARP;
  const pen = sheet.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.setTransform(SHARP, 0, 0, SHARP, -left * SHARP, -top * SHARP);
  strokes.forEach((stroke) => drawStroke(pen, stroke));
  return sheet.toDataURL("image/png");
}

function watch(area) {
  const canvas = area.querySelector("canvas");
  const value = area.querySelector("[data-sign-value]");
  const paper = area.querySelector("[data-sign-paper]");
  const pen = canvas.getContext("2d");
  let strokes = [];
  let current = null;

  const paint = () => {
    const sharp = window.devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * sharp;
    canvas.height = canvas.clientHeight * sharp;
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    strokes.forEach((stroke) => drawStroke(pen, stroke));
  };
  const keep = (kept) => {
    strokes = kept;
    value.value = picture(strokes);
    paint();
  };
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top, t: event.timeStamp };
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button || !event.isPrimary) return;
    canvas.setPointerCapture(event.pointerId);
    strokes.push((current = [point(event)]));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!current) return;
    const seen = event.getCoalescedEvents?.() ?? [];
    (seen.length ? seen : [event]).forEach((one) => current.push(point(one)));
    paint();
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => {
    if (current) keep(strokes);
    current = null;
  });
  area.querySelector("[data-sign-undo]").addEventListener("click", () => keep(strokes.slice(0, -1)));
  area.querySelector("[data-sign-clear]").addEventListener("click", () => keep([]));

  const byPaper = () => {
    area.classList.toggle("is-paper", paper.checked);
    if (paper.checked) keep([]);
  };
  paper.addEventListener("change", byPaper);
  byPaper();
  new ResizeObserver(paint).observe(canvas);

  area.closest("form")?.addEventListener("submit", (event) => {
    if (!("signRequired" in area.dataset) || value.value || paper.checked || event.submitter?.formNoValidate) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    tell(say("signFirst"), true);
    area.focus();
  }, true);
}

document.querySelectorAll("[data-sign]").forEach(watch);
