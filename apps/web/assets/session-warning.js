const WARN_SECONDS = 300;
const AT_MOST_SECONDS = 86_400;

/**
 * Warns five minutes before a session ends, and prolongs it with one click. Another tab may have prolonged it in
 * between, so the server is asked before anybody is disturbed. Without this script nothing is lost either: a form that is
 * sent too late is carried round the sign-in page.
 */
export function warnBeforeSessionEnds() {
  const seconds = Number(document.body.dataset.hubSessionSeconds);
  if (Number.isFinite(seconds) && seconds > 0) wait(seconds);
}

function wait(secondsLeft) {
  setTimeout(ask, Math.min(Math.max(secondsLeft - WARN_SECONDS, 1), AT_MOST_SECONDS) * 1000);
}

async function ask() {
  const left = await secondsLeft('GET');
  if (left === null) return;
  if (left > WARN_SECONDS) wait(left);
  else warn(left);
}

async function secondsLeft(method) {
  const token = document.querySelector('input[name="_csrf"]')?.value ?? '';
  const answer = await fetch('/staff/session', { method, headers: { accept: 'application/json', 'x-csrf-token': token } }).catch(() => null);
  if (answer === null || !answer.ok) return null;
  return (await answer.json()).secondsLeft;
}

function warn(left) {
  document.querySelector('.hub-session-warning')?.remove();
  const box = document.createElement('div');
  box.className = 'hub-session-warning';
  // Said aloud, but the focus stays where somebody is typing.
  box.setAttribute('role', 'alert');
  const words = document.createElement('p');
  words.className = 'govuk-body';
  words.textContent = `You will be signed out in ${minutes(left)}. What you are typing will not be lost.`;
  const stay = document.createElement('button');
  stay.type = 'button';
  stay.className = 'govuk-button';
  stay.textContent = 'Stay signed in';
  const over = setTimeout(() => {
    words.textContent = 'You have been signed out. You can still finish what you are typing: sign in when you send it, and it goes on from there.';
    stay.remove();
  }, left * 1000);
  stay.addEventListener('click', async () => {
    const now = await secondsLeft('POST');
    if (now === null) {
      words.textContent = 'We could not reach the hub. Try again; what you are typing will not be lost.';
      return;
    }
    clearTimeout(over);
    if (now > WARN_SECONDS) {
      box.remove();
      wait(now);
    } else {
      words.textContent = `A session lasts twelve hours at most: you will be signed out in ${minutes(now)}. What you are typing will not be lost.`;
      stay.remove();
    }
  });
  box.append(words, stay);
  document.body.append(box);
}

const minutes = (seconds) => (seconds < 90 ? 'about a minute' : `${Math.round(seconds / 60)} minutes`);
