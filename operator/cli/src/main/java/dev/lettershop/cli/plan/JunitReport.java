package dev.lettershop.cli.plan;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.resource.ResourceSet;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Findings as JUnit's XML: each resource is a test, which fails by its errors. */
final class JunitReport {
  private final LintFindings found;

  JunitReport(LintFindings found) {
    this.found = found;
  }

  String text() {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      write(xml);
      xml.writeEndDocument();
      xml.close();
      return text.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Writing into a string does not fail", e);
    }
  }

  private void write(XMLStreamWriter xml) throws XMLStreamException {
    Map<ResourceRef, List<Diagnostic>> tests = found.byResource();
    long failed =
        tests.values().stream().filter(all -> all.stream().anyMatch(found::fails)).count();
    xml.writeStartElement("testsuites");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "lettershop lint");
    xml.writeAttribute("tests", String.valueOf(tests.size()));
    xml.writeAttribute("failures", String.valueOf(failed));
    xml.writeAttribute("errors", "0");
    for (Map.Entry<ResourceRef, List<Diagnostic>> test : tests.entrySet()) {
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", plain(test.getKey().kind()));
      xml.writeAttribute("name", plain(test.getKey().name()));
      write(xml, test.getValue());
      xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeEndElement();
  }

  /** A test has one failure, which says all of them, and what are no failures it says besides. */
  private void write(XMLStreamWriter xml, List<Diagnostic> findings) throws XMLStreamException {
    List<Diagnostic> failures = findings.stream().filter(found::fails).toList();
    List<Diagnostic> others = findings.stream().filter(one -> !found.fails(one)).toList();
    if (!failures.isEmpty()) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", plain(failures.get(0).message()));
      xml.writeCharacters(plain(said(failures)));
      xml.writeEndElement();
    }
    if (!others.isEmpty()) {
      xml.writeStartElement("system-out");
      xml.writeCharacters(plain(said(others)));
      xml.writeEndElement();
    }
  }

  private String said(List<Diagnostic> findings) {
    return findings.stream().map(this::said).collect(Collectors.joining("\n"));
  }

  private String said(Diagnostic finding) {
    String place =
        found
            .resources()
            .locate(finding)
            .map(ResourceSet.Place::at)
            .map(at -> at + ": ")
            .orElse("");
    return place
        + LintFindings.level(finding, "hint")
        + " "
        + LintFindings.subject(finding)
        + "\n"
        + LintFindings.text(finding);
  }

  /** XML 1.0 has no place for other control characters. */
  private static String plain(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "\uFFFD");
  }
}
