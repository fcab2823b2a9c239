// Saves a section of a report a while after the last key. When somebody else saved it meanwhile it stops, says so, and
// leaves what was typed alone: the button then shows both.
const WAIT_MS = 4000;

export function saveWhileWriting() {
  for (const form of document.querySelectorAll('form[data-hub-autosave]')) watch(form);
}

function watch(form) {
  const words = form.querySelector('[data-hub-autosave-words]');
  const version = form.elements.namedItem('section_version');
  let timer;
  let saving = false;
  let changed = false;
  let stopped = false;

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT_MS);
  };

  const save = async () => {
    if (saving || stopped || !changed) return;
    saving = true;
    changed = false;
    try {
      const answer = await fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams(new FormData(form)) });
      const json = (answer.headers.get('content-type') ?? '').includes('json') ? await answer.json() : null;
      if (answer.ok && json) {
        version.value = json.version;
        words.textContent = json.words;
      } else {
        stopped = answer.status === 409;
        changed = true;
        words.textContent = stopped ? `${json.words} Press Save to see both.` : 'Not saved yet. Press Save.';
      }
    } catch {
      changed = true;
      words.textContent = 'Not saved: there is no connection. Trying again.';
      later();
    } finally {
      saving = false;
      if (changed && !stopped) later();
    }
  };

  form.addEventListener('input', () => {
    changed = true;
    later();
  });
  form.addEventListener('submit', () => {
    stopped = true;
    clearTimeout(timer);
  });
}
