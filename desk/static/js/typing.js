// Is somebody typing? Then keys are letters, not commands.
const WRITING = 'input:not([type="checkbox"]):not([type="radio"]):not([type="submit"]), textarea, select, [contenteditable="true"]';

export const inField = (target) => target instanceof Element && target.matches(WRITING);

// An input method that composes 张 out of zhang sends keys of its own; 229 is what older browsers say then.
export const composing = (event) => event.isComposing || event.keyCode === 229;
