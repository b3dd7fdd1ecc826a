// Tables in: separators, quotes, columns by guess and by choice; and out, safe for spreadsheets.
#include <gtest/gtest.h>
#include <map>
#include <string>
#include "programme/format.h"

namespace confer::programme {
namespace {

Conference conference() {
  return {.slug = "test-2027",
          .guid = "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
          .title = {"en", "Test"},
          .zone = "Europe/Berlin",
          .start = *parse_date("2027-05-04"),
          .end = *parse_date("2027-05-05")};
}

Imported read(const std::string& bytes) {
  const auto header = read_csv_header(bytes);
  EXPECT_TRUE(header) << header.error().message;
  auto imported = read_csv(bytes, header->guess, conference());
  EXPECT_TRUE(imported) << imported.error().message;
  return *std::move(imported);
}
std::map<std::string, int> kinds(const Imported& imported) {
  std::map<std::string, int> counts;
  for (const Oddity& oddity : imported.oddities) ++counts[oddity.kind];
  return counts;
}

TEST(Csv, header_guess_and_sample) {
  const auto header = read_csv_header("\xef\xbb\xbfSession title;Speaker_Names;Raum;Datum;Beginn;Dauer\r\n\"A; B\";Ada;Aula;04.05.2027;10:30;45\r\n");
  ASSERT_TRUE(header);
  EXPECT_EQ(header->separator, ';');
  EXPECT_EQ(header->columns, (std::vector<std::string>{"Session title", "Speaker_Names", "Raum", "Datum", "Beginn", "Dauer"}));
  EXPECT_EQ(header->guess, (CsvMapping{{"title", "Session title"}, {"speakers", "Speaker_Names"}, {"room", "Raum"}, {"day", "Datum"}, {"length", "Dauer"}}));
  EXPECT_EQ(header->sample, (std::vector<std::vector<std::string>>{{"A; B", "Ada", "Aula", "04.05.2027", "10:30", "45"}}));
}

TEST(Csv, a_day_and_a_time) {
  const Imported i =
      read("title,day,start,length,speakers,room,colour\nA,04.05.2027,9:30,1:15,\"Ada, Bob\",Aula,red\nB,2027-05-04,11:00,20,Cleo & Dan,Aula,\n");
  ASSERT_EQ(i.programme.slots.size(), 2U);
  EXPECT_EQ(kinds(i), (std::map<std::string, int>{{"column kept as it is", 1}}));
  EXPECT_FALSE(i.whole);
  EXPECT_EQ(to_text(i.programme.slots[0].start), "2027-05-04T09:30");
  EXPECT_EQ(i.programme.slots[0].length, minutes{75});
  EXPECT_EQ(i.programme.slots[1].length, minutes{20});
  EXPECT_EQ(i.programme.talks[0].credits.size(), 2U);
  EXPECT_EQ(i.programme.talks[0].extra.at("colour"), "\"red\"");
  EXPECT_EQ(i.programme.conference, conference());
}

TEST(Csv, a_length_that_is_missing_is_the_types) {
  const std::vector<SessionType> types{{.code = "keynote", .name = {"en", "Key note"}, .length = minutes{60}}};
  const std::string bytes =
      "title,start,length,type,room\nA,2027-05-04 10:30,,key NOTE,R\nB,2027-05-04 11:30,20,Key note,R\nC,2027-05-04 12:30,,Other,R\nD,2027-05-04 13:30,x,Key "
      "note,R\n";
  const auto i = read_csv(bytes, read_csv_header(bytes)->guess, conference(), types);
  ASSERT_TRUE(i);
  std::vector<minutes> lengths;
  for (const auto& slot : i->programme.slots) lengths.push_back(slot.length);
  EXPECT_EQ(lengths, (std::vector<minutes>{minutes{60}, minutes{20}, minutes{30}, minutes{30}}));
  EXPECT_EQ(kinds(*i), (std::map<std::string, int>{{"no length", 2}}));
}

TEST(Csv, offsets_of_another_zone_are_told) {
  const Imported i = read("title,start,length\nA,2027-05-04T10:30:00-07:00,20\n");
  EXPECT_EQ(i.programme.conference.zone, "Etc/GMT+7");
  EXPECT_EQ(to_text(i.programme.slots.at(0).start), "2027-05-04T10:30");
}

TEST(Csv, a_date_and_time_in_one_with_an_end) {
  const Imported i = read("title\tstart\tend\nA\t2027-05-04 10:30\t2027-05-04 11:45\n");
  EXPECT_EQ(to_text(i.programme.slots.at(0).start), "2027-05-04T10:30");
  EXPECT_EQ(i.programme.slots.at(0).length, minutes{75});
}

TEST(Csv, the_columns_that_were_chosen) {
  const auto i = read_csv("x,y\nA,Ada|Bob\n", {{"title", "x"}, {"speakers", "y"}}, conference());
  ASSERT_TRUE(i);
  EXPECT_EQ(i->programme.talks.at(0).title, "A");
  EXPECT_EQ(i->programme.talks.at(0).credits.size(), 2U);
  EXPECT_EQ(i->programme.slots.size(), 0U);
  EXPECT_EQ(read_csv("x,y\nA,B\n", {{"speakers", "y"}}, conference()).error().message,
            "Please say which column holds the title: the first line names x, y. (line 1)");
}

TEST(Csv, what_is_odd_has_its_line) {
  const Imported i = read("title,day,time\n\"two\nlines\",2027-05-04,10:00\n,2027-05-04,11:00\nC,4/5/2027,12:00\nD,2027-05-04,13:00,extra\n");
  std::vector<std::pair<std::string, std::string>> odd;
  for (const Oddity& o : i.oddities)
    if (o.kind != "no length" && o.kind != "no room") odd.emplace_back(o.kind, o.place);
  EXPECT_EQ(
      odd,
      (std::vector<std::pair<std::string, std::string>>{
          {"no title", "line 4"}, {"unreadable date", "line 5"}, {"row too long", "line 6"}, {"no time", "line 5.date"}, {"untidy text", "line 2.title"}}));
}

TEST(Csv, refused_with_the_place) {
  EXPECT_EQ(read_csv_header("").error().message, "The file is empty: it should hold a table of sessions. (line 1, column 1)");
  EXPECT_EQ(read_csv_header("title,x\nA,\"B\n").error().message,
            "A quoted field does not end: the file was cut off, or a quote is missing. (line 2, column 3)");
  EXPECT_EQ(read_csv_header("title\n\xe4\n").error().message, "The file is not UTF-8: please save it as UTF-8. (line 2, column 1)");
}

TEST(Csv, the_same_table_gives_the_same_guids) {
  const std::string table = "id,title,room\n1,A,Aula\n2,A,Aula\n";
  const Imported a = read(table), b = read(table);
  EXPECT_EQ(a.programme, b.programme);
  EXPECT_NE(a.programme.talks.at(0).guid, a.programme.talks.at(1).guid);
}

TEST(Csv, a_formula_is_written_as_text) {
  Programme p;
  p.conference = conference();
  p.talks = {{.code = "AAAAAA", .guid = "0b6a8dbb-1111-4222-8333-444455556666", .title = "=HYPERLINK(\"x\")"}};
  p.slots = {{.number = 1, .guid = p.talks[0].guid, .talk = "AAAAAA", .start = *parse_wall_time("2027-05-04T10:00")}};
  EXPECT_EQ(write_csv(p),
            "\xef\xbb\xbfguid,id,kind,title,subtitle,speakers,room,day,time,start,end,length,track,type,language,level,tags,abstract,description,state,url\r\n"
            "0b6a8dbb-1111-4222-8333-444455556666,AAAAAA,talk,\"'=HYPERLINK(\"\"x\"\")\",,,,2027-05-04,10:00,2027-05-04T10:00:00+02:00,2027-05-04T10:30:00+02:"
            "00,30,,,,,,,,planned,urn:uuid:0b6a8dbb-1111-4222-8333-444455556666\r\n");
}

}  // namespace
}  // namespace confer::programme
