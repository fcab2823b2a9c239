const ASK_AGAIN_SECONDS = 5;

/**
 * Keeps the banner's progress fresh while the demonstration loads. The server's answer is
 * {done, total}; when both are equal, or nothing comes back, the banner stays as the page brought it.
 */
export function showDemoProgress() {
  const place = document.querySelector('[data-hub-demo-progress]');
  if (place === null) return;
  const bar = place.querySelector('progress');
  const words = place.querySelector('[data-hub-demo-words]');

  const ask = async () => {
    const answer = await fetch(place.dataset.hubDemoProgress, { headers: { accept: 'application/json' } }).catch(() => null);
    if (answer === null || !answer.ok) return;
    const { done, total } = await answer.json();
    if (!Number.isFinite(done) || !Number.isFinite(total) || done >= total) {
      place.hidden = true;
      return;
    }
    bar.max = total;
    bar.value = done;
    words.textContent = `${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} families`;
    setTimeout(ask, ASK_AGAIN_SECONDS * 1000);
  };
  setTimeout(ask, ASK_AGAIN_SECONDS * 1000);
}
