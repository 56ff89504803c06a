/** Levels of Log4j, Logback, java.util.logging and JBoss LogManager, as a source for regular expressions. */
export const JAVA_LEVEL = '(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|SEVERE|CONFIG|FINE|FINER|FINEST)';
