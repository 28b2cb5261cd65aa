package dev.holdfast.job;

import javax.sql.DataSource;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/// Spring Batch on the set's own catalog database. One explicit configuration, nothing is guessed
/// from the class path: that halves the start-up (src/docs/decisions).
@Configuration(proxyBeanMethods = false)
class BatchRepository extends JdbcDefaultBatchConfiguration {
  private final DataSource catalog;

  BatchRepository(DataSource catalog) {
    this.catalog = catalog;
  }

  @Bean
  JdbcTransactionManager transactionManager() {
    return new JdbcTransactionManager(catalog);
  }

  @Bean
  JobRegistry jobRegistry() {
    return new MapJobRegistry();
  }

  @Override
  protected DataSource getDataSource() {
    return catalog;
  }

  @Override
  protected PlatformTransactionManager getTransactionManager() {
    return applicationContext.getBean(PlatformTransactionManager.class);
  }

  @Override
  protected ExecutionContextSerializer getExecutionContextSerializer() {
    return new ContextSerializer();
  }

  @Override
  protected String getDatabaseType() {
    return "HSQL";
  }
}
