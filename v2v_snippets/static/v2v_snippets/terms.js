/* Lets editors say which concept of the glossary some words name: a button of Wagtail's rich text fields. */
(() => {
  const { ModalWorkflowSource, TooltipEntity, registerPlugin } = window.draftail;
  const { EditorState, Modifier, RichUtils } = window.DraftJS;
  const { createElement } = window.React;

  /* Opens the chooser of concepts. Selected words stay as they are; without any, the term is inserted. */
  class TermSource extends ModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.conceptChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    // as Wagtail's own, which knows no kind of entity but its own and would give this one no mutability
    onChosen({ identifier, string, term }) {
      const { editorState, entityType, onComplete } = this.props;
      const data = { identifier, name: string };
      const content = editorState.getCurrentContent().createEntity(entityType.type, "MUTABLE", data);
      const key = content.getLastCreatedEntityKey();
      const selection = editorState.getSelection();
      this.workflow.close();
      if (selection.isCollapsed()) {
        const style = editorState.getCurrentInlineStyle();
        const inserted = Modifier.replaceText(content, selection, term, style, key);
        onComplete(EditorState.push(editorState, inserted, "insert-characters"));
      } else {
        onComplete(RichUtils.toggleLink(editorState, selection, key));
      }
    }
  }

  /* Shows the concept of a term, with buttons to change it and to take it away. */
  function Term(props) {
    const { identifier, name } = props.contentState.getEntity(props.entityKey).getData();
    const icon = createElement(window.wagtail.components.Icon, { name: name ? "openquote" : "warning" });
    const url = `/id/glossary/${identifier}`;
    return createElement(TooltipEntity, { ...props, icon, label: name || identifier, url });
  }

  registerPlugin({ type: "TERM", source: TermSource, decorator: Term }, "entityTypes");
})();
