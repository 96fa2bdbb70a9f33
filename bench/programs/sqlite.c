// SQLite in memory: rows are inserted, changed, joined, grouped and sorted, with indexes and in transactions.
#include <stdio.h>
#include <stdlib.h>

#include "sqlite3.h"

__attribute__((import_module("bench"), import_name("start"))) void bench_start(void);
__attribute__((import_module("bench"), import_name("end"))) void bench_end(void);

static sqlite3 *database;

static void check(int code) {
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) {
        fprintf(stderr, "%s\n", sqlite3_errmsg(database));
        exit(1);
    }
}

static void execute(const char *sql) {
    check(sqlite3_exec(database, sql, NULL, NULL, NULL));
}

static void print(const char *sql) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v2(database, sql, -1, &statement, NULL));
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            printf("%s|", sqlite3_column_text(statement, i));
        }
        printf("\n");
    }
    check(sqlite3_finalize(statement));
}

static void insert(int rows) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v2(database, "INSERT INTO item VALUES (?1, ?2, ?3, ?4)", -1, &statement, NULL));
    unsigned state = 7;
    for (int i = 0; i < rows; i++) {
        char name[32];
        state = state * 1664525u + 1013904223u;
        snprintf(name, sizeof name, "item %u", (state >> 8) % 5000);
        check(sqlite3_bind_int(statement, 1, i));
        check(sqlite3_bind_text(statement, 2, name, -1, SQLITE_TRANSIENT));
        check(sqlite3_bind_int(statement, 3, (int)(state >> 12) % 100));
        check(sqlite3_bind_double(statement, 4, (state >> 16) / 16.0));
        check(sqlite3_step(statement));
        check(sqlite3_reset(statement));
    }
    check(sqlite3_finalize(statement));
}

int main(void) {
    bench_start();
    check(sqlite3_open(":memory:", &database));
    execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, kind INTEGER, price REAL);"
            "CREATE TABLE kind (id INTEGER PRIMARY KEY, title TEXT); BEGIN");
    insert(20000);
    execute("INSERT INTO kind SELECT DISTINCT kind, 'kind ' || kind FROM item; COMMIT;"
            "CREATE INDEX by_name ON item (name); CREATE INDEX by_kind ON item (kind, price)");
    print("SELECT title, count(*), round(sum(price), 2), max(name) FROM item JOIN kind ON kind.id = item.kind "
          "GROUP BY title ORDER BY 3 DESC LIMIT 5");
    print("SELECT count(*) FROM item a JOIN item b ON a.name = b.name AND a.id < b.id");
    print("SELECT group_concat(name, ',') FROM (SELECT name FROM item WHERE name LIKE '%9_7%' ORDER BY price LIMIT 8)");
    execute("BEGIN; UPDATE item SET price = price * 1.5 WHERE kind % 7 = 3;"
            "DELETE FROM item WHERE id % 11 = 5; UPDATE item SET name = upper(name) WHERE kind = 42; COMMIT");
    print("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) "
          "SELECT sum(i * i % 97), sum(CASE WHEN i % 3 THEN length(printf('%x', i)) ELSE 1 END) FROM n");
    print("SELECT kind, name, rank() OVER (PARTITION BY kind ORDER BY price DESC) AS place FROM item "
          "WHERE kind < 20 ORDER BY place, kind LIMIT 4");
    execute("VACUUM");
    print("SELECT count(*), round(total(price), 2), min(name) FROM item");
    check(sqlite3_close(database));
    bench_end();
    return 0;
}
