//! One test of the window from beginning to end: a service, a profile, the app, and a report of
//! everything if it goes wrong.

use crate::{API_KEY, App, Desktop, Profile, Result, Service, Window};

/// What a test has in hand.
#[derive(Debug)]
pub struct Journey {
    // Dropped first: the app must have ended before its folders go.
    app: Option<App>,
    /// The desktop around it.
    pub desktop: Desktop,
    /// The service at the other end.
    pub service: Service,
    /// The app's folders.
    pub profile: Profile,
    name: &'static str,
    ended_well: bool,
}

/// Takes the journey, and checks at its end that nothing was sent that no client should send.
///
/// # Errors
/// A step failed, or the service was sent something that it should not have been. However it fails,
/// the requests and the app's output are printed, and a picture of the desktop is kept in
/// `e2e-failures` beside the app.
pub async fn journey(
    name: &'static str,
    steps: impl AsyncFnOnce(&mut Journey) -> Result,
) -> Result {
    let mut journey = Journey {
        name,
        desktop: Desktop::from_env()?,
        service: Service::start().await?,
        profile: Profile::new()?,
        app: None,
        ended_well: false,
    };
    steps(&mut journey).await?;
    let violations = journey.service.practice.violations();
    if !violations.is_empty() {
        return Err(format!("broken rules: {violations:#?}").into());
    }
    journey.ended_well = true;
    Ok(())
}

impl Journey {
    /// Opens the app, or opens it again.
    ///
    /// # Errors
    /// It does not come up.
    pub async fn open(&mut self) -> Result {
        self.open_with(&[]).await
    }

    /// The same, with more variables in the app's environment.
    ///
    /// # Errors
    /// It does not come up.
    pub async fn open_with(&mut self, environment: &[(&str, &str)]) -> Result {
        self.app = None;
        self.app = Some(App::open_with(&self.desktop, &self.profile, environment).await?);
        Ok(())
    }

    /// The app.
    ///
    /// # Errors
    /// It is not open.
    pub fn app(&mut self) -> Result<&mut App> {
        self.app.as_mut().ok_or_else(|| "the app is not open".into())
    }

    /// The app's window.
    ///
    /// # Errors
    /// It is not open.
    pub fn window(&self) -> Result<&Window> {
        self.app.as_ref().ok_or("the app is not open")?.window()
    }

    /// Fills in the connect form and sends it off.
    ///
    /// # Errors
    /// The form is not as it should be.
    pub async fn submit_connect_form(&self, key: &str) -> Result {
        self.submit_connect_form_of("PostPost", "Studio", key, self.service.base_url()).await
    }

    /// Fills in the connect form for a service and sends it off.
    ///
    /// # Errors
    /// The form is not as it should be.
    pub async fn submit_connect_form_of(
        &self,
        service: &str,
        label: &str,
        key: &str,
        address: &str,
    ) -> Result {
        let window = self.window()?;
        window.press("Add account").await?;
        window.choose("Service", service).await?;
        window.fill("Account name", label).await?;
        window.fill("API key", key).await?;
        window.press("Advanced").await?;
        window.fill("Server address", address).await?;
        window.press("Connect").await
    }

    /// Opens the app and connects the service's account to it.
    ///
    /// # Errors
    /// It does not get so far.
    pub async fn open_connected(&mut self) -> Result {
        self.open().await?;
        self.submit_connect_form(API_KEY).await
    }

    /// Kills the app with SIGKILL.
    ///
    /// # Errors
    /// It is not open, or does not end.
    pub async fn kill(&mut self) -> Result {
        self.app.take().ok_or("the app is not open")?.kill().await
    }

    /// Waits for the app to end by itself.
    ///
    /// # Errors
    /// It is not open, or does not end.
    pub async fn wait_for_end(&mut self) -> Result {
        self.app.take().ok_or("the app is not open")?.wait_for_end().await
    }
}

impl Drop for Journey {
    #[expect(clippy::print_stderr, reason = "the test runner shows it below the failed test")]
    fn drop(&mut self) {
        if self.ended_well {
            return;
        }
        let picture = match self.desktop.take_picture(self.name) {
            Ok(file) => file.display().to_string(),
            Err(error) => format!("none: {error}"),
        };
        let requests: Vec<String> = self
            .service
            .practice
            .requests()
            .iter()
            .map(|one| format!("{} {} {} → {:?}", one.method, one.path, one.body, one.status))
            .collect();
        eprintln!("--- picture of the desktop\n{picture}");
        eprintln!("--- requests at the service\n{}", requests.join("\n"));
        eprintln!("--- output of the app\n{}", self.profile.output());
    }
}
