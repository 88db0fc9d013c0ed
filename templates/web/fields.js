// Copies what stands beside a button; where the clipboard is closed to pages, selects it.
const told = document.getElementById("told");

function select(source) {
  if (source.select) {
    source.focus();
    source.select();
  } else {
    getSelection().selectAllChildren(source);
  }
}

async function copy(source) {
  const text = source.value ?? source.textContent;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    select(source);
    return document.execCommand("copy");
  }
}

function say(button, copied) {
  const { what } = button.dataset;
  told.textContent = "";
  requestAnimationFrame(() => {
    told.textContent = copied ? `已复制${what}。` : `已选中${what}，请按 Ctrl+C 复制。`;
  });
  document.querySelectorAll("button.done").forEach((other) => other.classList.remove("done"));
  button.classList.toggle("done", copied);
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    say(button, await copy(document.getElementById(button.dataset.copies)));
    button.focus();
  });
}
