/** Photos with the machine's own camera: drawn into a canvas at most 1600 pixels wide or high, sent as JPEG, kept nowhere here. */
import { say } from "./say.js";

const LONGEST = 1600;

export async function openCamera() {
  const place = document.querySelector("[data-camera]");
  if (!place) return;
  const [video, none, snap] = ["video", "[data-none]", "[data-snap]"].map((what) => place.querySelector(what));
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1600 } }, audio: false });
    await video.play();
  } catch {
    none.hidden = false;
    return;
  }
  video.hidden = snap.hidden = false;
  addEventListener("pagehide", () => video.srcObject.getTracks().forEach((track) => track.stop()));
  snap.addEventListener("click", async () => {
    snap.disabled = true;
    const answer = await say(place.dataset.camera, await still(video));
    if (answer.ok) location.reload();
    else snap.disabled = false;
  });
}

function still(video) {
  const share = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(video.videoWidth * share);
  canvas.height = Math.round(video.videoHeight * share);
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
}
