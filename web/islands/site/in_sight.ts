// Rows of links that scroll sideways on a phone (navigation, days) begin at the one that is open.
for (const here of document.querySelectorAll<HTMLElement>(".nav [aria-current], .tabs [aria-current]")) {
  const row = here.closest("ul");
  if (!row || row.scrollWidth <= row.clientWidth) continue;
  const place = here.getBoundingClientRect(), around = row.getBoundingClientRect();
  row.scrollLeft += place.left + place.width / 2 - (around.left + around.width / 2);
}

export {};
