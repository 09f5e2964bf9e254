/** Makes the Copy button put the tag on the clipboard; where that is refused, the tag is selected instead. */
export function copyTag(page) {
  const tag = page.getElementById('tag');
  const state = page.getElementById('tag-state');

  page.getElementById('tag-copy').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(tag.textContent.replace(/\s*\n\s*/g, ' '));
      state.textContent = 'Copied.';
    } catch {
      getSelection().selectAllChildren(tag);
      state.textContent = 'The tag is selected. Copy it with your keyboard.';
    }
  });
}
