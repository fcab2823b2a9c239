// Everything works without this file. It adds GOV.UK Frontend's behaviour and a few comforts.
import { initAll } from './govuk-frontend.js';
import { saveWhileWriting } from './autosave.js';
import { offerPrinting } from './printing.js';
import { showDemoProgress } from './demo-progress.js';
import { warnBeforeSessionEnds } from './session-warning.js';

document.body.classList.add('js-enabled');
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported');

initAll();
offerPrinting();
showDemoProgress();
warnBeforeSessionEnds();
saveWhileWriting();
