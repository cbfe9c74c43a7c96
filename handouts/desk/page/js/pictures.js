// Pictures of a sheet's pages, held in memory as long as the sheet is shown and compared.

/** The picture of a page (from 1) of a sheet at a width in device pixels: {blob, url}. Raises where it is gone. */
export async function picture(sheet, page, width) {
  const response = await fetch(`/sheets/${sheet.id}/${page}.png?w=${width}`, { cache: "no-store" });
  if (!response.ok) throw new Error(`picture: ${response.status}`);
  const blob = await response.blob();
  return { blob, url: URL.createObjectURL(blob) };
}

const SMALL = 160;
const SEEN = 24;

/** How many points of two pictures differ when both are small. */
async function difference(one, other) {
  if (one.blob.size === other.blob.size && (await one.blob.text()) === (await other.blob.text())) return 0;
  const [before, now] = await Promise.all([points(one), points(other)]);
  let count = 1;
  for (let at = 0; at < now.length; at += 4) count += Math.abs(now[at] - (before[at] ?? 0)) > SEEN ? 1 : 0;
  return count;
}

async function points({ blob }) {
  const bitmap = await createImageBitmap(blob, { resizeWidth: SMALL, resizeQuality: "medium" });
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  drawing.drawImage(bitmap, 0, 0);
  return drawing.getImageData(0, 0, bitmap.width, bitmap.height).data;
}

/**
 * The page (of two maps from page to picture) that differs most from what it was; null where none does. Pages that are
 * not `meant` count only where no other has changed: a day moves the diary, a dose the total of all exercises.
 */
export async function mostChanged(before, now, meant) {
  let found = null;
  let most = 0;
  for (const [page, one] of now) {
    const count = before.has(page) ? (await difference(before.get(page), one)) * (meant(page) ? 1 : 0.001) : 0;
    if (count > most) [found, most] = [page, count];
  }
  return found;
}

/** Lets a picture go. */
export const free = (one) => one && URL.revokeObjectURL(one.url);

/** An image that has been decoded: putting it on the page shows it in one frame. */
export async function decoded(url, alt) {
  const image = new Image();
  image.alt = alt;
  image.draggable = false;
  image.src = url;
  await image.decode();
  return image;
}
