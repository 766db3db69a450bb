#include "tools/vmodemctl/render.h"

#include "tests/support/catch.h"

using namespace vmodem::ctl;

TEST_CASE("an answer is a tree of names and values") {
  const auto answer = Json::parse(
      R"({"mode":"real","now":1.5,"next":null,"list":[1,2],"none":[],
          "clients":[{"id":0,"peer":{"address":"::1"}}]})");
  CHECK(render(Form::kTree, answer) ==
        "mode: real\n"
        "now: 1.5\n"
        "next: -\n"
        "list: 1, 2\n"
        "none: -\n"
        "clients\n"
        "  -\n"
        "    id: 0\n"
        "    peer\n"
        "      address: ::1\n");
  CHECK(render(Form::kTree, Json::object()) == "-\n");
}

TEST_CASE("an entry is a line") {
  CHECK(render_entry(Json::parse(
            R"({"number":57,"at":12.5,"because":3,"kind":"line.command","text":"AT","x":null})")) ==
        "   12.500000  #57  line.command  text=AT\n");
  CHECK(render_entry(Json::parse(R"({"kind":"lost","count":4})")) ==
        "              4 entries are lost\n");
}

TEST_CASE("a verdict that is false shows what came nearest") {
  CHECK(render(Form::kVerdict, Json::parse(R"({"ok":true,"matches":[5,9]})")) ==
        "true: entries 5, 9\n");
  CHECK(render(Form::kVerdict, Json::parse(R"({"ok":false,"matches":[],"nearest":[
            {"number":7,"differs":["path"],
             "entry":{"number":7,"at":1,"kind":"server.request","path":"/x"}}]})")) ==
        "false: entries -\n"
        "  #7 differs in path\n"
        "      1.000000  #7  server.request  path=/x\n");
}

TEST_CASE("a problem is a phrase with its field and what would be right") {
  CHECK(render_problem(Json::parse(
            R"({"title":"Bad Request","detail":"no number","field":"since","right":"57"})")) ==
        "no number (since); right: 57");
  CHECK(render_problem(Json::parse(R"({"title":"Not Found"})")) == "Not Found");
}
