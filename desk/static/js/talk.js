// Talking to the desk: the CSRF token goes with every request, htmx's and our own.
export const token = () => document.querySelector('meta[name="csrf"]')?.content ?? "";

document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers["X-CSRF"] = token();
});

// htmx must not put a sign-in page or an error page into a small box: only good answers and refused forms are shown in place.
document.addEventListener("htmx:before:swap", (event) => {
  const answer = event.detail.ctx?.response;
  if (answer && (answer.status >= 400 && answer.status !== 422)) event.preventDefault();
});

// The session is over: the page goes, without asking, since typed words are kept.
const leave = () => (document.documentElement.dataset.leaving = "yes");

document.addEventListener("htmx:before:response", (event) => {
  if (event.detail.ctx?.response?.status === 401) leave();
});

// POST fields to the desk and return the answer; it fails like fetch when the desk is away.
export async function post(url, fields) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "X-CSRF": token(), "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields),
    credentials: "same-origin",
  });
  if (answer.status === 401) {
    leave();
    const place = (answer.headers.get("HX-Redirect") ?? "/login").split("?")[0];
    location.assign(`${place}?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
  return answer;
}
