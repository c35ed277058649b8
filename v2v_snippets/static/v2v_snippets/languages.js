/* Lets editors say that some words are in another language: a button of Wagtail's rich text fields. */
(() => {
  const { ModalWorkflowSource, TooltipEntity, registerPlugin } = window.draftail;
  const { RichUtils } = window.DraftJS;
  const { createElement } = window.React;

  /* Asks for the language of the selected words; without any there is nothing to mark. */
  class LanguageSource extends ModalWorkflowSource {
    componentDidMount() {
      if (this.props.editorState.getSelection().isCollapsed() && !this.props.entity) this.props.onClose();
      else super.componentDidMount();
    }

    getChooserConfig(entity) {
      const form = (modal) => modal.ajaxifyForm(window.jQuery("form", modal.body));
      return {
        url: this.props.entityType.chooserUrls.languageChooser,
        urlParams: entity ? { lang: entity.getData().lang } : {},
        onload: { choose: form, chosen: (modal, { result }) => modal.respond("chosen", result) },
        responses: { chosen: this.onChosen },
      };
    }

    // as Wagtail's own, which knows no kind of entity but its own and would give this one no mutability
    onChosen(data) {
      const { editorState, entityType, onComplete } = this.props;
      const content = editorState.getCurrentContent().createEntity(entityType.type, "MUTABLE", data);
      this.workflow.close();
      onComplete(RichUtils.toggleLink(editorState, editorState.getSelection(), content.getLastCreatedEntityKey()));
    }
  }

  /* Shows the language of a part, with buttons to change it and to take it away. */
  function Part(props) {
    const { lang, name } = props.contentState.getEntity(props.entityKey).getData();
    const icon = createElement(window.wagtail.components.Icon, { name: "globe" });
    return createElement(TooltipEntity, { ...props, icon, label: name || lang });
  }

  registerPlugin({ type: "LANGUAGE", source: LanguageSource, decorator: Part }, "entityTypes");
})();
