package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.collector.CollectorSpec;
import dev.lettershop.api.v1alpha1.collector.page.SignUpConfirmation;
import dev.lettershop.api.v1alpha1.collector.page.SignUpForm;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.api.v1alpha1.transport.MailTransportSpec;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.plan.Plan;
import dev.lettershop.resource.DurationText;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.template.CompiledTemplate;
import dev.lettershop.template.TemplateResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks the forms by which people sign up, and compiles the mail that asks them to confirm. */
final class SignUpCompiler {
  private static final String CONFIRMATION = "spec.signUp.confirmation";

  private final PlanCompiler compiler;
  private final ResourceSet resources;
  private final Findings findings;
  private final ResourceRef ref;
  private final CollectorSpec spec;
  private final StoreContext store;

  SignUpCompiler(
      PlanCompiler compiler,
      ResourceSet resources,
      Findings findings,
      ResourceRef ref,
      CollectorSpec spec,
      StoreContext store) {
    this.compiler = compiler;
    this.resources = resources;
    this.findings = findings;
    this.ref = ref;
    this.spec = spec;
    this.store = store;
  }

  /** Null when nobody is asked to confirm, or when it cannot be put together. */
  CollectorPlan.Confirmation compile() {
    if (spec.signUp() == null) {
      return null;
    }
    List<String> doubles = new ArrayList<>();
    for (int i = 0; i < spec.signUp().forms().size(); i++) {
      doubles.addAll(form("spec.signUp.forms[" + i + "]", spec.signUp().forms().get(i)));
    }
    SignUpConfirmation confirmation = spec.signUp().confirmation();
    if (confirmation != null) {
      return confirmation(confirmation);
    }
    if (!doubles.isEmpty()) {
      findings.error(
          ref,
          CONFIRMATION,
          "is missing, and the topic \"" + doubles.get(0) + "\" asks for a confirmation by mail",
          "set it, or make the topic's optIn Single in ProfileStore/" + store.name());
    }
    return null;
  }

  /** The topics of the form that ask for a confirmation. */
  private List<String> form(String field, SignUpForm form) {
    CollectorPagesCheck check = new CollectorPagesCheck(findings, ref, store);
    for (int i = 0; i < form.topics().size(); i++) {
      check.topic(field + ".topics[" + i + "]", form.topics().get(i));
    }
    check.languages(field + ".wording", form.wording());
    Set<String> attributes = store.schema().attributes().keySet();
    for (int i = 0; i < form.attributes().size(); i++) {
      String attribute = form.attributes().get(i);
      if (!attributes.contains(attribute)) {
        findings.error(
            ref,
            field + ".attributes[" + i + "]",
            "ProfileStore/" + store.name() + " has no attribute \"" + attribute + "\"",
            DidYouMean.fix(attribute, attributes));
      } else if (SourceFieldsCheck.KEPT_BY_THE_STORE.contains(attribute)) {
        findings.error(
            ref,
            field + ".attributes[" + i + "]",
            "\"" + attribute + "\" is kept by the store",
            "remove it");
      } else if (store.schema().attributes().get(attribute).type() != AttributeType.String) {
        findings.error(
            ref,
            field + ".attributes[" + i + "]",
            "\"" + attribute + "\" is not of type String, and people write text",
            "name an attribute of type String");
      }
    }
    return form.topics().stream()
        .filter(name -> store.topic(name).map(topic -> topic.optIn() == OptIn.Double).orElse(false))
        .toList();
  }

  private CollectorPlan.Confirmation confirmation(SignUpConfirmation confirmation) {
    if (DurationText.parse(confirmation.validFor()).isZero()) {
      findings.error(
          ref,
          CONFIRMATION + ".validFor",
          "is zero",
          "leave it out for 72h, or write a longer one");
    }
    CompiledTemplate template = template(confirmation.templateRef().name());
    Plan.Transport transport = transport(confirmation);
    return template == null || transport == null
        ? null
        : new CollectorPlan.Confirmation(
            transport,
            confirmation.from(),
            confirmation.templateRef().name(),
            template,
            confirmation.validFor());
  }

  private CompiledTemplate template(String name) {
    String field = CONFIRMATION + ".templateRef.name";
    if (findings.resolve(ref, field, "EmailTemplate", name, compiler.templateSpecs()) == null) {
      return null;
    }
    TemplateResult result = compiler.template(name, store, findings);
    if (result.template() == null) {
      return null;
    }
    if (!result.asksToConfirm()) {
      findings.error(
          ref,
          field,
          "EmailTemplate/" + name + " does not show {{links.confirm}}: nobody could confirm",
          "add <a href=\"{{links.confirm}}\">Confirm</a> there, and to its text if it has one");
    }
    result
        .requiredSlots()
        .forEach(
            slot ->
                findings.error(
                    ref,
                    field,
                    "EmailTemplate/" + name + " has the slot \"" + slot + "\", which nothing fills",
                    "give the slot a default"));
    return result.template();
  }

  private Plan.Transport transport(SignUpConfirmation confirmation) {
    String name = confirmation.transportRef().name();
    String field = CONFIRMATION + ".transportRef.name";
    MailTransport transport =
        findings.resolve(ref, field, "MailTransport", name, resources.mailTransports());
    if (transport == null || transport.getSpec() == null) {
      return null;
    }
    if (!LinkHosts.leadsTo(transport, spec.host())) {
      findings.error(
          ref,
          field,
          "links of MailTransport/" + name + " do not lead to \"" + spec.host() + "\"",
          "set spec.links.baseUrl there to https://" + spec.host());
    }
    MailTransportSpec of = transport.getSpec();
    TransportCheck check = new TransportCheck(compiler, resources, findings);
    check.use(
        new ResourceRef("MailTransport", name),
        of,
        new TransportCheck.Sender(ref, CONFIRMATION, confirmation.from(), store.name()));
    return TransportCheck.planned(name, of, confirmation.from());
  }
}
