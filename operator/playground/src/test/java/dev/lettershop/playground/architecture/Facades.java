package dev.lettershop.playground.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The types of each feature that others may use. A feature is a package {@code dev.lettershop.x}
 * with all of its folders; what is not named here is its own business, whatever its access modifier
 * says. Types are named from the feature's package on.
 */
final class Facades {
  private static final Map<String, String> TYPES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "rule",
                  """
              Formula FormulaResult Rule RuleCompiler RuleResult Trace
              ast.Clock ast.DatePart ast.EventWindow ast.Expr ast.ExprParts ast.ExprVisitor ast.Limits
              ast.TextPattern ast.Truth ast.ValueType
              evaluate.TimeDependence
              mapping.MappedValue mapping.Mapping mapping.MappingCompiler
              """),
              Map.entry(
                  "insight",
                  """
              experiment.AlwaysValidRatio experiment.AnswerTotals experiment.DecisionRule
              experiment.Finding experiment.LookSchedule experiment.Observation
              experiment.RatioInterval experiment.SampleSize
              report.Measure report.Outcomes report.Rate report.Report report.ReportBuilder
              report.RunFacts report.Terms report.Trial report.Words
              verdict.Hit verdict.HitKind verdict.Judge verdict.Judged verdict.Reason
              verdict.ScannerNetworks verdict.Verdict
              """),
              Map.entry(
                  "template",
                  """
              CompiledTemplate MailAttachment RenderContext RenderedMail TemplateCompiler TemplateRenderer
              TemplateResult
              html.check.Colour
              link.RecordedLinks link.SlotLinks link.TemplateLink
              model.Recommendation model.SlotDefinition model.SlotValue
              value.RenderException
              """),
              Map.entry(
                  "plan",
                  """
              BouncesPlan CheckResult CollectorPlan Compiled MailFiller ModelPlan Plan
              PlanBuilder PlanDocument PlannedLinks References RetentionPlan RunPlans SegmentPlan SourcePlan
              Recommendations TemplatePlan
              compile.CampaignChange compile.JdbcUrl compile.PlanCompiler compile.SourceFieldsCheck
              """),
              Map.entry(
                  "source",
                  """
              connect.Backoff connect.Connector connect.ConnectorException connect.Credentials
              connect.SourceProgress connect.http.FileFetcher connect.http.HttpConnector connect.http.JsonPoster
              connect.jdbc.JdbcConnector
              connect.kafka.KafkaConnector connect.kafka.KafkaTopic connect.mongodb.MongodbConnector
              describe.SampledField describe.SourceSampler describe.SourceFileCheck
              clean.Storable
              map.Dropped map.FieldTables map.InvalidRecord map.Mapped map.RecordMapper
              map.RecordMappers
              read.FileGuess read.FolderFiles read.InputOpener
              sync.ProgressListener sync.QuarantineReplay sync.SourceDefinition
              sync.SourceSync sync.SourceUnavailableException sync.SyncResult
              """),
              Map.entry(
                  "models",
                  """
              Evaluation Judgement ModelException ModelStudy ModelWork PersonScore RemoteModelException
              Survey VersionDifference VersionReport
              learn.Figures remote.ModelServer
              """),
              Map.entry(
                  "delivery",
                  """
              bounce.BounceReader bounce.ImapMailbox bounce.ImapSettings bounce.Mailbox
              bounce.Refusal bounce.ReportedRefusal bounce.SpoolMailbox
              dkim.DkimPrivateKey dkim.DkimSigner dkim.DkimSigners dkim.InvalidDkimKeyException
              dkim.SigningProvider
              message.AttachmentException message.EnvelopeSender message.HitLinks message.InvalidAddressException message.LinkKeys
              message.MailAddress message.MessageBuilder message.MessageSettings
              message.OutboundMessage message.RecipientLinks message.ReturnAddresses
              pipeline.DeliveryLedger pipeline.DeliveryOptions pipeline.DeliveryPipeline
              pipeline.DeliveryReport pipeline.DeliveryTotals pipeline.MailComposer
              pipeline.MailLinks pipeline.MailRenderer pipeline.ProgressListener
              pipeline.RelayBounces pipeline.StoreDeliveryLedger
              policy.PauseReason policy.RetryPolicy policy.SendingTerms
              smtp.MailRelay smtp.RelayConnection smtp.RelayException smtp.RelaySession smtp.SeveralRelays
              smtp.SmtpCredentials smtp.SmtpRelay smtp.SmtpResult smtp.SmtpSettings
              smtp.SmtpTimeouts
              """),
              Map.entry(
                  "worker",
                  """
              Cancellation ForwardingListener RunException RunListener
              access.ManifestInputs access.ManifestSecrets access.Secrets access.SourceInputs
              access.StoreOpening access.TransportAccess
              execute.CampaignExecution execute.RunOptions execute.RunReport execute.RunStatus
              execute.ShardView
              execute.TriggerExecution execute.TriggerPlan
              mount.MountedInputs mount.MountedPlan mount.MountedSecrets
              preview.PreviewGallery preview.PreviewMail preview.PreviewSubject preview.Previewer
              preview.ProfileMasker preview.SampleProfile
              report.Miniature report.ReportCsv report.ReportJson report.ReportPage report.ReportTask
              status.ApiServer status.StatusPatch status.StatusReporter
              task.BounceCollection task.HitJudging task.ModelTask task.SegmentRefresh task.SegmentStudy
              task.SourceStudy task.SourceUpdater task.StoredProfiles task.TestDelivery
              """),
              Map.entry(
                  "cli",
                  """
              LettershopCommand WantedCommands
              output.DiagnosticPrinter output.Json output.LiveResources output.LocalServers output.Logging
              output.ManifestFiles output.ManifestOptions output.OutputFormat output.UsageException output.VersionProvider
              """),
              Map.entry(
                  "kubesim",
                  """
              Cluster apiserver.InMemoryApiServer apiserver.RequestLog kubelet.LocalPorts kubelet.ServerProcess
              """),
              Map.entry("controller", "")));

  private Facades() {}

  /** Features that have a facade, by the last part of their package's name. */
  static Set<String> features() {
    return TYPES.keySet();
  }

  /** Types of a feature's facade, from the feature's package on. */
  static Set<String> types(String feature) {
    return Arrays.stream(TYPES.get(feature).split("\\s+"))
        .filter(type -> !type.isBlank())
        .collect(Collectors.toSet());
  }

  /** Nothing outside of the feature depends on what its facade does not name. */
  static ArchRule rule(String feature) {
    String root = "dev.lettershop." + feature;
    Set<String> open = types(feature);
    return ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage(root + "..")
        .should()
        .dependOnClassesThat(inside(root, open))
        .because("of " + feature + " only its facade is for others");
  }

  private static DescribedPredicate<JavaClass> inside(String root, Set<String> open) {
    return DescribedPredicate.describe(
        "are inside " + root,
        type -> {
          String name = topLevel(type.getBaseComponentType()).getName();
          return name.startsWith(root + ".") && !open.contains(name.substring(root.length() + 1));
        });
  }

  private static JavaClass topLevel(JavaClass type) {
    JavaClass top = type;
    while (top.getEnclosingClass().isPresent()) {
      top = top.getEnclosingClass().get();
    }
    return top;
  }
}
