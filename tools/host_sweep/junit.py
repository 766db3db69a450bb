"""The outcome as JUnit XML, a test case a fault, and one a finding."""
import re
import xml.etree.ElementTree as xml

from host_sweep import findings
from host_sweep.faults import deed_of, name_of

UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0


def clean(text):
    return UNPRINTABLE.sub("�", text)


def make(outcome):
    root = xml.Element("testsuites", name="tools/sweep")
    add_faults(root, outcome)
    add_findings(root, outcome)
    return root


def suite(root, name, total, failures, skipped, seconds):
    return xml.SubElement(root, "testsuite", name=name, tests=str(total), failures=str(failures), errors="0",
                          skipped=str(skipped), time=f"{seconds:.3f}")


def add_faults(root, outcome):
    unmet = sum(not result.broken and not result.happened for result in outcome.results)
    parent = suite(root, "faults", len(outcome.results), len(outcome.broken), unmet,
                   sum(result.seconds for result in outcome.results))
    properties = xml.SubElement(parent, "properties")
    for key, value in (("seed", outcome.setup.seed), ("timeout", outcome.setup.limit)):
        xml.SubElement(properties, "property", name=key, value=str(value))
    for result in outcome.results:
        case = xml.SubElement(parent, "testcase", name=clean(result.name), time=f"{result.seconds:.3f}",
                              classname="sweep." + clean(name_of([deed_of(one) for one in result.faults])))
        if result.broken:
            modem, host = outcome.setup.repeat_commands(result.repeated)
            failure = xml.SubElement(case, "failure", message=clean(result.broken), type=result.how)
            failure.text = clean("\n".join([*result.output, "repeat:", modem, host]))
        elif not result.happened:
            xml.SubElement(case, "skipped", message="the fault did not come about")


def add_findings(root, outcome):
    found = findings.classify(outcome.results)
    names = {finding.rule.name for finding in found}
    parent = suite(root, "findings", len(findings.RULES), len(names), 0, 0.0)
    for rule in findings.RULES:
        case = xml.SubElement(parent, "testcase", name=rule.name, classname="sweep.findings", time="0.000")
        for finding in found:
            if finding.rule is rule:
                failure = xml.SubElement(case, "failure", message=rule.says, type=rule.name)
                failure.text = clean("\n".join([f"cure: {rule.cure}",
                                                *(result.name for result in finding.results)]))


def write(outcome, path):
    tree = xml.ElementTree(make(outcome))
    xml.indent(tree)
    tree.write(path, encoding="utf-8", xml_declaration=True)
